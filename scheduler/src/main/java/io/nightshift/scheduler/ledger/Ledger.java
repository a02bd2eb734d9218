package io.nightshift.scheduler.ledger;

import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Target;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.JobStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Outlives the scheduler, and is shared by all of them. What {@code add…} answers decides who does a thing when two want
 * to: it is true for one of them only. Safe for use by many threads.
 */
public interface Ledger {
    /** How far a host is in a night. */
    enum HostState {
        /** Its jobs are in the ledger. */
        PLANNED,
        /** It has no ZFS snapshot: its jobs have been failed. */
        FAILED,
        /** Its jobs have ended, and the ZFS snapshot was let go. */
        RELEASED
    }

    /** Since when this scheduler exists: slots before it were not missed. Set at the first call to {@code now}. */
    Instant installedAt(Instant now);

    /**
     * Since when this installation knows that kind of work: before, none of it could run. Set at the first call to {@code now},
     * which with an update that brings it is later than {@link #installedAt}.
     */
    Instant knownSince(Work work, Instant now);

    boolean addNight(NightEntry night);

    void putNight(NightEntry night);

    Optional<NightEntry> night(NightId id);

    Collection<NightEntry> nights();

    Optional<HostState> hostState(NightId night, String host);

    void putHostState(NightId night, String host, HostState state);

    boolean addJob(JobEntry job);

    /** An end is never taken back: where there is one, another state changes nothing. */
    void putJob(JobEntry job);

    /** A job that has not ended. */
    Optional<JobEntry> job(JobId id);

    /** Those that have not ended, in the order of their ids: few, so that each may be looked at every second. */
    Collection<JobEntry> jobs();

    /** The next to be handed out of each repository that has none out: those that are due and wait, in the order of their due times. */
    List<JobEntry> due(Instant now);

    Optional<EndedJob> ended(JobId id);

    /** Those of the last 30 days, in the order of their ids. */
    Collection<EndedJob> ended();

    /** When a worker of that host and destination last said something of a job. */
    Optional<Instant> lastSign(String host, String destination);

    /** The same of any host. */
    Optional<Instant> lastSign(String destination);

    /**
     * Decides the end of a job, once, whoever else may be at it: a worker that comes later will not run it.
     *
     * @return the end that counts: the given one, or the one that was there before
     */
    JobStatus decide(JobStatus end);

    Optional<Freshness> freshness(Target target, Work work);

    void putFreshness(Freshness freshness);

    Optional<Raised> raised(String kind, String about);

    /** All alerts that are not over. */
    Collection<Raised> raised();

    void putRaised(Raised raised);

    void removeRaised(Raised raised);

    /** Forgets what is too old to matter, as the buckets do by themselves. */
    void shrink(Instant now);
}
