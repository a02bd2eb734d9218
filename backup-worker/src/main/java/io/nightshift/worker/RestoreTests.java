package io.nightshift.worker;

import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.RunResult;
import io.nightshift.contract.fleet.Destination;
import io.nightshift.contract.fleet.ServiceBackup;

/** Proves that data comes back, before it is needed. */
public interface RestoreTests {
    /**
     * Blocks until what was restored is gone again. Under the lease of the repository.
     *
     * @throws JobFailedException if not everything came back as it is in the snapshot, or could not be tried
     */
    RunResult.RestoreTest run(Job.RestoreTest job, ServiceBackup own, Destination destination)
            throws InterruptedException;
}
