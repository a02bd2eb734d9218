package io.nightshift.worker.restore;

import io.nightshift.contract.Target;
import io.nightshift.contract.event.Cause;
import io.nightshift.worker.JobFailedException;
import io.nightshift.worker.Leases;
import io.nightshift.worker.Run;

/**
 * Opens an archive whose lock is in the way. restic's own shared lock is taken while it reads, so that no prune removes
 * what is being restored; backups do not mind it. Where somebody has locked the repository alone, that is upkeep, or was
 * left by a dead worker: under the lease of the repository nobody of ours is at it, so what restic calls stale may go.
 * Where no lock can be written (a full disk, a repository that is only readable), restic reads without one.
 */
final class Reachable {
    private final Archive archive;
    private final Leases leases;
    private final Target target;
    private final Run run;
    private boolean tried;

    Reachable(Archive archive, Leases leases, Target target, Run run) {
        this.archive = archive;
        this.leases = leases;
        this.target = target;
        this.run = run;
    }

    Archive open() throws InterruptedException {
        if (tried) {
            return archive;
        }
        tried = true;
        try {
            archive.snapshots();
        } catch (JobFailedException e) {
            mend(e);
        }
        return archive;
    }

    private void mend(JobFailedException e) throws InterruptedException {
        var cause = e.failure().cause();
        if (cause == Cause.REPOSITORY_LOCKED) {
            try (var lease = leases.repository(target, run::interrupt)) {
                archive.unlockStale();
            }
        } else if (cause == Cause.DESTINATION_FULL || cause == Cause.ACCESS_DENIED) {
            archive.withoutLock();
        } else {
            throw e;
        }
    }
}
