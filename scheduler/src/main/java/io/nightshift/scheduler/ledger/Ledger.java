package io.nightshift.scheduler.ledger;

import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import java.time.Instant;
import java.util.Collection;
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

    boolean addNight(NightEntry night);

    void putNight(NightEntry night);

    Optional<NightEntry> night(NightId id);

    Collection<NightEntry> nights();

    Optional<HostState> hostState(NightId night, String host);

    void putHostState(NightId night, String host, HostState state);

    boolean addJob(JobEntry job);

    void putJob(JobEntry job);

    Optional<JobEntry> job(JobId id);

    /** In the order of their ids. */
    Collection<JobEntry> jobs();
}
