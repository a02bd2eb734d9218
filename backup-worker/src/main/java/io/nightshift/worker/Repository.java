package io.nightshift.worker;

import io.nightshift.contract.JobId;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.Progress;
import io.nightshift.contract.event.RunResult;
import io.nightshift.contract.fleet.Destination;
import io.nightshift.contract.fleet.ServiceBackup;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The repository of one service at one destination. Every method blocks, and throws {@link JobFailedException} with the
 * cause when it could not be done.
 */
public interface Repository {
    /** As far as it may be shown. */
    String url();

    /** The id of the repository that is there. */
    String id() throws InterruptedException;

    /** Creates it; its id. */
    String create() throws InterruptedException;

    Report backup(Job.Backup job, Views.View view, Consumer<Progress> progress) throws InterruptedException;

    /** What an earlier run of that job left: its last snapshot with a summary, complete or not. */
    Optional<RunResult.Backup> snapshotOf(JobId job) throws InterruptedException;

    /** Whether another run would add nothing to that snapshot of the same job. Writes nothing. */
    boolean isComplete(Job.Backup job, Views.View view, RunResult.Backup found) throws InterruptedException;

    RunResult.Forget forget(Job.Forget job) throws InterruptedException;

    RunResult.Check check(Job.Check job) throws InterruptedException;

    /** Removes locks that restic itself calls stale. Only under the lease. */
    void unlockStale() throws InterruptedException;

    /**
     * Does it, and once more if a lock was in its way, without those that restic itself calls stale: a dead worker leaves one.
     * Only under the lease.
     */
    default <T> T unlocked(Use<T> use) throws InterruptedException {
        try {
            return use.made();
        } catch (JobFailedException e) {
            if (e.failure().cause() != Cause.REPOSITORY_LOCKED) {
                throw e;
            }
            unlockStale();
            return use.made();
        }
    }

    /** Whether the last run used the repository of this id. Costs no call. */
    boolean lastUsed(String id);

    /**
     * @param unreadable the first paths that could not be read
     * @param unreadableCount all of them
     * @param complete whether restic read everything
     */
    record Report(RunResult.Backup result, boolean complete, List<String> unreadable, int unreadableCount) {}

    /** What is done with a repository. */
    interface Use<T> {
        T made() throws InterruptedException;
    }

    /** Opens by what the fleet file says; contacts nobody yet. */
    interface Opener {
        /** @throws JobFailedException if its files of secrets cannot be read */
        Repository open(ServiceBackup backup, Destination destination);
    }
}
