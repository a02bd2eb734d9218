package io.nightshift.worker.view;

import io.nightshift.contract.event.DatasetSnapshot;
import io.nightshift.process.Command;
import io.nightshift.process.Exit;
import io.nightshift.process.ProgramException;
import io.nightshift.process.ProgramRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What tells one file system from another. Java does not show it, so the program {@code stat} is asked. */
final class FileSystems {
    private static final Duration LIMIT = Duration.ofMinutes(5); // as long as the first look, which mounts, may take

    private final ProgramRunner runner;

    FileSystems(ProgramRunner runner) {
        this.runner = runner;
    }

    /** @throws io.nightshift.worker.JobFailedException if the folder shows another ZFS snapshot, be it of the same name */
    void require(DatasetSnapshot dataset, Path folder) throws InterruptedException {
        var wanted = dataset.fileSystemId()
                .orElseThrow(() -> SnapshotViews.gone("the snapshot-service could not read " + dataset.snapshot()
                        + ", so it cannot be told from another of the same name"));
        var found = id(folder);
        if (!wanted.equals(found)) {
            throw SnapshotViews.gone("the ZFS snapshot at " + folder + " is another than the job names: file system "
                    + found + ", not " + wanted);
        }
    }

    /** @throws io.nightshift.worker.JobFailedException if it is not there */
    String id(Path folder) throws InterruptedException {
        var lines = new ArrayList<String>();
        var command = Command.of(List.of("stat", "-f", "-c", "%i", "--", folder + "/."))
                .withInherited("PATH")
                .withEnvironment("LC_ALL", "C.UTF-8")
                .withTimeout(LIMIT);
        Exit exit;
        try {
            exit = runner.run(command, lines::add);
        } catch (ProgramException e) {
            throw SnapshotViews.gone(folder + " cannot be told from another: " + e.getMessage());
        }
        if (!exit.succeeded() || lines.size() != 1) {
            throw SnapshotViews.gone(folder + " cannot be told from another: "
                    + exit.stderrTail().strip());
        }
        return lines.get(0);
    }
}
