package io.nightshift.worker.restic;

import com.fasterxml.jackson.databind.JsonNode;
import io.nightshift.contract.event.Failure;
import io.nightshift.worker.restore.Archive;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads {@code restic restore --json}; its status lines come about once a second, by RESTIC_PROGRESS_FPS. */
final class RestoreOutput implements Consumer<String> {
    private final Consumer<Archive.Counts> progress;
    private final List<String> deleted = new ArrayList<>();
    private Archive.Summary summary = new Archive.Summary(0, 0, 0, List.of());

    RestoreOutput(Consumer<Archive.Counts> progress) {
        this.progress = progress;
    }

    @Override
    public void accept(String line) {
        var json = Said.json(line);
        switch (Said.type(json)) {
            case "status" -> progress.accept(counts(json));
            case "verbose_status" -> verbose(json);
            case "summary" -> summary = summary(json);
            default -> {} // newer versions may say more
        }
    }

    Archive.Summary summary() {
        return summary;
    }

    private void verbose(JsonNode json) {
        if (json.path("action").asText().equals("deleted") && deleted.size() < Failure.MAX_PATHS) {
            deleted.add(json.path("item").asText());
        }
    }

    private Archive.Summary summary(JsonNode json) {
        return new Archive.Summary(
                json.path("bytes_restored").asLong(),
                json.path("files_skipped").asLong(),
                json.path("files_deleted").asLong(),
                List.copyOf(deleted));
    }

    private static Archive.Counts counts(JsonNode json) {
        return new Archive.Counts(
                Math.min(100, 100 * json.path("percent_done").asDouble()),
                json.path("bytes_restored").asLong()
                        + json.path("bytes_skipped").asLong(),
                json.path("total_bytes").asLong(),
                json.path("files_restored").asLong()
                        + json.path("files_skipped").asLong(),
                json.path("total_files").asLong(),
                json.path("seconds_elapsed").asLong());
    }
}
