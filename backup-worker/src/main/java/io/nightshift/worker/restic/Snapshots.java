package io.nightshift.worker.restic;

import com.fasterxml.jackson.databind.JsonNode;
import io.nightshift.contract.event.RunResult;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the elements of {@code restic snapshots --json}; since 0.17 each has the summary of the run that made it. */
final class Snapshots implements Consumer<JsonNode> {
    private Optional<RunResult.Backup> last = Optional.empty();
    private int count;

    @Override
    public void accept(JsonNode snapshot) {
        count++;
        if (snapshot.path("summary").isObject()) {
            var result = result(snapshot);
            last = last.filter(before -> !later(result, before)).or(() -> Optional.of(result));
        }
    }

    int count() {
        return count;
    }

    /** The one that was made last, with its own numbers. */
    Optional<RunResult.Backup> last() {
        return last;
    }

    private static RunResult.Backup result(JsonNode snapshot) {
        var summary = snapshot.path("summary");
        var start = BackupOutput.time(summary.path("backup_start").asText(""));
        var end = BackupOutput.time(summary.path("backup_end").asText(""));
        double seconds = start.isPresent() && end.isPresent()
                ? Duration.between(start.get(), end.get()).toMillis() / 1000.0
                : 0;
        return BackupOutput.result(snapshot.path("id").asText(), summary, seconds);
    }

    private static boolean later(RunResult.Backup one, RunResult.Backup other) {
        return one.endedAt().isPresent()
                && other.endedAt().isPresent()
                && one.endedAt().get().isAfter(other.endedAt().get());
    }
}
