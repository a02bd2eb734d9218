package io.nightshift.scheduler.state;

import io.nightshift.contract.Target;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.JobStatus;
import java.util.List;

/** Up to two years of each job: too much to keep in memory for all, so it is read when somebody asks. Its methods block. */
public interface History {
    /** All that was said of the jobs of a target, newest first. */
    List<JobStatus> states(Target target, Work work);

    /** The last state of every job there is. */
    List<JobStatus> latest();

    /** The final states of a target's jobs, newest first. */
    default List<JobStatus> ends(Target target, Work work) {
        return states(target, work).stream().filter(JobStatus::isFinal).toList();
    }
}
