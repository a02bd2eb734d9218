package io.nightshift.scheduler.state;

import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Target;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.RunResult;
import java.time.Instant;
import java.util.Optional;

/** States of jobs, as workers report them. */
public final class States {
    private States() {}

    public static JobId job(Target target, String night) {
        return JobId.backup(new NightId(night), target);
    }

    public static JobStatus succeeded(Target target, String night, Instant at) {
        return new JobStatus.Succeeded(job(target, night), at, 1, "daedalus-1", backup("5".repeat(64), 1_000_000));
    }

    public static RunResult.Backup backup(String snapshot, long bytes) {
        return new RunResult.Backup(
                snapshot, 3, 1, 40, 1, 1, 5, 4, 4, 12_345, 9_000, 44, bytes, 7.5, Optional.empty(), Optional.empty());
    }

    public static JobStatus suspect(Target target, String night, Instant at) {
        return new JobStatus.Suspect(
                job(target, night), at, 1, "daedalus-1", backup("6".repeat(64), 10), failure(Cause.SHRANK));
    }

    public static JobStatus failed(Target target, String night, Instant at) {
        return new JobStatus.Failed(job(target, night), at, 1, failure(Cause.WRONG_PASSWORD));
    }

    public static JobStatus skipped(Target target, String night, Instant at) {
        return new JobStatus.Skipped(job(target, night), at, 0, failure(Cause.SUPERSEDED));
    }

    public static JobStatus running(Target target, String night, Instant at) {
        return new JobStatus.Running(job(target, night), at, 1, "daedalus-1");
    }

    public static JobStatus queued(Target target, String night, Instant at) {
        return new JobStatus.Queued(job(target, night), at, 0, at, Optional.empty());
    }

    public static JobStatus checked(Target target, String night, Instant at) {
        return new JobStatus.Succeeded(
                new JobId(new NightId(night), target, Work.CHECK),
                at,
                1,
                "daedalus-1",
                new RunResult.Check(0, 0, false, false, 3.5));
    }

    public static JobStatus restoreTestFailed(Target target, String night, Instant at, Cause cause) {
        return new JobStatus.Failed(new JobId(new NightId(night), target, Work.RESTORE_TEST), at, 1, failure(cause));
    }

    public static Failure failure(Cause cause) {
        return Failure.of(cause, "restic backup of /mnt/local: " + cause.word(), "correct password-file");
    }
}
