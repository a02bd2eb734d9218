package io.nightshift.worker.restore;

import io.nightshift.contract.event.RestoreProgress;
import io.nightshift.contract.event.RestoreStatus;

/** Tells the others. */
public interface RestoreReports {
    /** Returns when it is stored. */
    void status(RestoreStatus status);

    /** Lost when nobody listens. Never throws. */
    void progress(RestoreProgress progress);
}
