package io.nightshift.worker.restic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.nightshift.contract.event.RunResult;
import java.util.function.Consumer;

/** Reads {@code restic backup --dry-run --json}: what a backup would add. */
final class DryRunOutput implements Consumer<String> {
    private JsonNode summary = MissingNode.getInstance();

    @Override
    public void accept(String line) {
        var json = Said.json(line);
        if (Said.type(json).equals("summary")) {
            summary = json;
        }
    }

    /** Whether it saw just the files that the snapshot has, none of them new or changed. */
    boolean nothingToAdd(RunResult.Backup snapshot) {
        return !summary.isMissingNode()
                && summary.path("files_new").asLong() == 0
                && summary.path("files_changed").asLong() == 0
                && summary.path("total_files_processed").asLong() == snapshot.filesProcessed()
                && summary.path("total_bytes_processed").asLong() == snapshot.bytesProcessed();
    }
}
