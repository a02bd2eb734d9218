package io.nightshift.scheduler.state;

import io.nightshift.contract.JobId;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.RunResult;
import java.time.Instant;
import java.util.Optional;

/**
 * A backup that succeeded.
 *
 * @param at when it ended
 * @param snapshot restic's id, in full
 * @param bytes of the data, as restic read it; {@code bytesAdded}: what was new
 */
public record GoodBackup(
        JobId job, Instant at, String snapshot, long bytes, long bytesAdded, long files, double durationSeconds) {

    static Optional<GoodBackup> of(JobStatus status) {
        if (status instanceof JobStatus.Succeeded good && good.result() instanceof RunResult.Backup result) {
            return Optional.of(new GoodBackup(
                    good.job(),
                    good.at(),
                    result.snapshot(),
                    result.bytesProcessed(),
                    result.bytesAdded(),
                    result.filesProcessed(),
                    result.durationSeconds()));
        }
        return Optional.empty();
    }
}
