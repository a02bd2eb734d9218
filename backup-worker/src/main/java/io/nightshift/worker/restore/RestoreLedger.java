package io.nightshift.worker.restore;

import io.nightshift.contract.event.RestoreStatus;
import java.util.Optional;

/** What outlives a worker in the middle of a restore. */
public interface RestoreLedger {
    /** A restore that arrives twice is not done again. */
    Optional<RestoreStatus> end(Restore restore);

    void keepEnd(Restore restore, RestoreStatus end);

    /** Whether some worker has begun to touch the service or the place. */
    boolean begun(Restore restore);

    void keepBegun(Restore restore);

    boolean cancelled(String key);

    void keepCancelled(String key);
}
