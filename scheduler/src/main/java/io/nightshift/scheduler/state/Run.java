package io.nightshift.scheduler.state;

import io.nightshift.contract.JobId;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.RunResult;
import java.time.Instant;
import java.util.Optional;

/**
 * A job that has ended, as one line of a history.
 *
 * @param state its final state
 * @param bytes of the data, where there is a snapshot; of a restore test, what came back of it
 * @param bytesAdded of a backup, what was new
 * @param tooLarge of a restore test, the files that none restores
 */
public record Run(
        JobId job,
        Instant at,
        String state,
        int attempt,
        Optional<Double> durationSeconds,
        Optional<Long> bytes,
        Optional<Long> bytesAdded,
        Optional<Long> files,
        Optional<TooLarge> tooLarge,
        Optional<String> snapshot,
        Optional<Failure> failure) {
    /** How many, and how many bytes together. */
    public record TooLarge(long files, long bytes) {}

    public static Run of(JobStatus end) {
        var backup = of(end, RunResult.Backup.class);
        var restoreTest = of(end, RunResult.RestoreTest.class);
        return new Run(
                end.job(),
                end.at(),
                end.state(),
                end.attempt(),
                end.outcome().map(RunResult::durationSeconds),
                backup.map(RunResult.Backup::bytesProcessed).or(() -> restoreTest.map(RunResult.RestoreTest::bytes)),
                backup.map(RunResult.Backup::bytesAdded),
                backup.map(RunResult.Backup::filesProcessed).or(() -> restoreTest.map(RunResult.RestoreTest::files)),
                restoreTest
                        .map(test -> new TooLarge(test.filesTooLarge(), test.bytesTooLarge()))
                        .filter(found -> found.files() > 0),
                backup.map(RunResult.Backup::snapshot).or(() -> restoreTest.map(RunResult.RestoreTest::snapshot)),
                end.problem());
    }

    private static <R extends RunResult> Optional<R> of(JobStatus end, Class<R> kind) {
        return end.outcome().filter(kind::isInstance).map(kind::cast);
    }
}
