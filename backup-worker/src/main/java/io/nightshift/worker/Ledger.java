package io.nightshift.worker;

import io.nightshift.contract.JobId;
import io.nightshift.contract.Target;
import io.nightshift.contract.event.JobStatus;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What outlives a worker: the ends of jobs, and what is known of repositories. */
public interface Ledger {
    /** The end of a job, if it has one: a job that arrives twice is not run again. */
    Optional<JobStatus> end(JobId job);

    /**
     * Decides the end of a job, once, whoever else may be at it.
     *
     * @return the end that counts: the given one, or the one that was there before
     */
    JobStatus decide(JobStatus end);

    /**
     * Changes what is known of the attempts at a job, whoever else does so at the same time.
     *
     * @return what is known now
     */
    Attempts attempts(JobId job, UnaryOperator<Attempts> change);

    Optional<RepositoryRecord> repository(Target target);

    void keepRepository(Target target, RepositoryRecord record);
}
