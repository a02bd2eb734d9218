package io.nightshift.worker.restore;

import io.nightshift.contract.event.SafeguardAnswer;

/** ZFS snapshots of how things are, by whoever has the power to take them. */
public interface Safeguards {
    /**
     * Taken, or with {@code dryRun} only looked at. A repeat for the same restore changes nothing.
     *
     * @throws io.nightshift.worker.JobFailedException if there is none
     */
    SafeguardAnswer.Taken take(Restore restore, boolean dryRun);
}
