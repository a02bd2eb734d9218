package io.nightshift.worker.restic;

import com.fasterxml.jackson.databind.JsonNode;
import io.nightshift.contract.JobId;
import io.nightshift.contract.event.Progress;
import io.nightshift.contract.event.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads {@code restic backup --json}: status lines become progress, at most one a second; the summary is the result. */
final class BackupOutput implements Consumer<String> {
    private static final Duration PACE = Duration.ofSeconds(1);

    private final JobId job;
    private final InstantSource clock;
    private final Consumer<Progress> progress;
    private Instant next = Instant.MIN;
    private List<Long> position = List.of();
    private Optional<RunResult.Backup> summary = Optional.empty();

    BackupOutput(JobId job, InstantSource clock, Consumer<Progress> progress) {
        this.job = job;
        this.clock = clock;
        this.progress = progress;
    }

    @Override
    public void accept(String line) {
        var json = Said.json(line);
        switch (Said.type(json)) {
            case "status" -> status(json);
            case "summary" -> summary = summary(json);
            default -> {} // newer versions may say more
        }
    }

    /** Empty where there is no snapshot. */
    Optional<RunResult.Backup> summary() {
        return summary;
    }

    /** How far it is: changes as long as anything is found or read. */
    List<Long> position() {
        return position;
    }

    private void status(JsonNode json) {
        position = List.of(
                json.path("bytes_done").asLong(),
                json.path("files_done").asLong(),
                json.path("total_files").asLong());
        var now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(PACE);
        long bytes = json.path("bytes_done").asLong();
        long seconds = Math.max(1, json.path("seconds_elapsed").asLong());
        progress.accept(new Progress(
                job,
                now,
                Math.min(100, 100 * json.path("percent_done").asDouble()),
                bytes,
                json.path("total_bytes").asLong(),
                json.path("files_done").asLong(),
                json.path("total_files").asLong(),
                bytes / seconds,
                json.has("seconds_remaining")
                        ? Optional.of(json.path("seconds_remaining").asLong())
                        : Optional.empty()));
    }

    private static Optional<RunResult.Backup> summary(JsonNode json) {
        var snapshot = json.path("snapshot_id").asText("");
        return snapshot.isEmpty()
                ? Optional.empty()
                : Optional.of(result(snapshot, json, json.path("total_duration").asDouble()));
    }

    /** @param json the summary of a run, or the one that a snapshot keeps of it, which lacks only the duration */
    static RunResult.Backup result(String snapshot, JsonNode json, double seconds) {
        return new RunResult.Backup(
                snapshot,
                json.path("files_new").asLong(),
                json.path("files_changed").asLong(),
                json.path("files_unmodified").asLong(),
                json.path("dirs_new").asLong(),
                json.path("dirs_changed").asLong(),
                json.path("dirs_unmodified").asLong(),
                json.path("data_blobs").asLong(),
                json.path("tree_blobs").asLong(),
                json.path("data_added").asLong(),
                json.path("data_added_packed").asLong(),
                json.path("total_files_processed").asLong(),
                json.path("total_bytes_processed").asLong(),
                seconds,
                time(json.path("backup_start").asText("")),
                time(json.path("backup_end").asText("")));
    }

    static Optional<Instant> time(String text) {
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(java.time.OffsetDateTime.parse(text).toInstant());
    }
}
