package io.nightshift.worker.restore;

import io.nightshift.contract.event.SafeguardAnswer;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.worker.JobFailedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** The way back from a restore in place: a ZFS snapshot of how things were, on a host that has ZFS. */
@ApplicationScoped
class WayBack {
    private final Fleet fleet;
    private final Safeguards safeguards;

    WayBack(Fleet fleet, Safeguards safeguards) {
        this.fleet = fleet;
        this.safeguards = safeguards;
    }

    /**
     * Before anything is touched, the service included. Of a dry run, and where there will be none, the journal says so.
     *
     * @throws JobFailedException if it could not be taken
     */
    void check(Restore restore, Journal journal) {
        var request = restore.request();
        if (!request.inPlace()) {
            return;
        }
        if (!hasZfs(restore)) {
            journal.add("no ZFS snapshot before it: host " + restore.target().host() + " has 'snapshot: copy'");
        } else if (!request.wantsZfsSnapshot()) {
            journal.add("no ZFS snapshot before it, as was asked for");
        } else {
            var would = take(restore, true, "nothing was touched");
            if (request.dryRun()) {
                journal.add("would first take the ZFS snapshot " + told(would));
            }
        }
    }

    /** No dry run, and with the service stopped, so that its files are whole. A second attempt finds the one of the first. */
    void take(Restore restore, Journal journal) {
        if (restore.request().wantsZfsSnapshot() && hasZfs(restore)) {
            var taken = take(restore, false, "no file was touched");
            journal.add("as it was before, in the ZFS snapshot " + told(taken));
        }
    }

    private SafeguardAnswer.Taken take(Restore restore, boolean dryRun, String touched) {
        try {
            return safeguards.take(restore, dryRun);
        } catch (JobFailedException e) {
            var failure = e.failure();
            throw new JobFailedException(
                    failure.cause(),
                    "no ZFS snapshot before the restore: " + failure.message() + "; " + touched,
                    failure.advice()
                            + "; or ask with \"zfsSnapshot\": false (--no-zfs-snapshot) to go without, and without a way back");
        }
    }

    private static String told(SafeguardAnswer.Taken taken) {
        return String.join(", ", taken.zfsSnapshots()) + ", kept until "
                + taken.until().truncatedTo(ChronoUnit.MINUTES);
    }

    private boolean hasZfs(Restore restore) {
        return Objects.requireNonNull(fleet.hosts().get(restore.target().host()))
                .hasZfs();
    }
}
