package io.nightshift.scheduler.state;

import io.nightshift.contract.JobId;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.Progress;
import java.time.Instant;
import java.util.Optional;

/** A job that has not ended: it waits, or runs; with how far it is, where that was said. */
public record Activity(JobStatus status, Optional<Progress> progress) {

    public JobId job() {
        return status.job();
    }

    public boolean isRunning() {
        return status instanceof JobStatus.Running;
    }

    /** Of one that runs, its start; of one that waits, when it is due. */
    public Instant since() {
        return status instanceof JobStatus.Queued queued ? queued.due() : status.at();
    }

    Activity with(Progress heard) {
        return heard.job().equals(job()) ? new Activity(status, Optional.of(heard)) : this;
    }
}
