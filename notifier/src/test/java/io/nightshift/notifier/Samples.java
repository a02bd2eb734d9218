package io.nightshift.notifier;

import io.nightshift.contract.JobId;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Events as the bus brings them, and rules with the standard times. */
public final class Samples {
    public static final Instant AT = Instant.parse("2026-04-16T16:17:36Z");
    public static final Rules RULES = new Rules(Duration.ofHours(20), Duration.ofHours(1), Duration.ofSeconds(10));

    private Samples() {}

    public static JobStatus failed(String job, Cause cause) {
        return new JobStatus.Failed(JobId.parse(job), AT, 1, failure(cause));
    }

    public static JobStatus incomplete(String job) {
        return new JobStatus.Incomplete(JobId.parse(job), AT, 1, "w-1", result(), failure(Cause.FILES_UNREADABLE));
    }

    public static JobStatus succeeded(String job) {
        return new JobStatus.Succeeded(JobId.parse(job), AT, 1, "w-1", result());
    }

    public static JobStatus skipped(String job, Cause cause) {
        return new JobStatus.Skipped(JobId.parse(job), AT, 0, failure(cause));
    }

    public static Failure failure(Cause cause) {
        return Failure.of(cause, "what went wrong", "what to do");
    }

    public static RunResult result() {
        return new RunResult.Backup(
                "4f2a", 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1.0, Optional.empty(), Optional.empty());
    }
}
