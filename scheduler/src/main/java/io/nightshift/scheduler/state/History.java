package io.nightshift.scheduler.state;

import io.nightshift.contract.Target;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.JobStatus;
import java.util.List;

/** Up to two years of each job: too much to keep in memory for all, so it is read when somebody asks. Its methods block. */
public interface History {
    /** The final states of a job, newest first. */
    List<JobStatus> ends(Target target, Work work);

    /** The last state of every job there is. */
    List<JobStatus> latest();
}
