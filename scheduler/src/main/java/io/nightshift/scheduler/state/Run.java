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
 * @param bytes of the data, where there is a snapshot; {@code bytesAdded}: what was new
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
        Optional<String> snapshot,
        Optional<Failure> failure) {

    public static Run of(JobStatus end) {
        var backup = end.outcome().filter(RunResult.Backup.class::isInstance).map(RunResult.Backup.class::cast);
        return new Run(
                end.job(),
                end.at(),
                end.state(),
                end.attempt(),
                end.outcome().map(RunResult::durationSeconds),
                backup.map(RunResult.Backup::bytesProcessed),
                backup.map(RunResult.Backup::bytesAdded),
                backup.map(RunResult.Backup::filesProcessed),
                backup.map(RunResult.Backup::snapshot),
                end.problem());
    }
}
