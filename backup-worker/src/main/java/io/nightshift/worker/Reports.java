package io.nightshift.worker;

import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.Progress;

/** Tells the others. */
public interface Reports {
    /** Returns when it is stored. */
    void status(JobStatus status);

    /** Lost when nobody listens. Never throws. */
    void progress(Progress progress);
}
