package io.nightshift.scheduler.ledger;

import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;

/** A ledger in memory: what a lasting one keeps at hand. */
public final class MemoryLedger implements Ledger {
    private final Map<NightId, NightEntry> nights = new ConcurrentSkipListMap<>();
    private final Map<JobId, JobEntry> jobs = new ConcurrentSkipListMap<>();
    private final Map<String, HostState> hosts = new ConcurrentHashMap<>();
    private final AtomicReference<Optional<Instant>> installedAt = new AtomicReference<>(Optional.empty());

    @Override
    public Instant installedAt(Instant now) {
        return installedAt.updateAndGet(known -> Optional.of(known.orElse(now))).orElse(now);
    }

    @Override
    public boolean addNight(NightEntry night) {
        return nights.putIfAbsent(night.night().id(), night) == null;
    }

    @Override
    public void putNight(NightEntry night) {
        nights.put(night.night().id(), night);
    }

    @Override
    public Optional<NightEntry> night(NightId id) {
        return Optional.ofNullable(nights.get(id));
    }

    @Override
    public Collection<NightEntry> nights() {
        return nights.values();
    }

    @Override
    public Optional<HostState> hostState(NightId night, String host) {
        return Optional.ofNullable(hosts.get(night + "/" + host));
    }

    @Override
    public void putHostState(NightId night, String host, HostState state) {
        hosts.put(night + "/" + host, state);
    }

    @Override
    public boolean addJob(JobEntry job) {
        return jobs.putIfAbsent(job.id(), job) == null;
    }

    @Override
    public void putJob(JobEntry job) {
        jobs.put(job.id(), job);
    }

    @Override
    public Optional<JobEntry> job(JobId id) {
        return Optional.ofNullable(jobs.get(id));
    }

    @Override
    public Collection<JobEntry> jobs() {
        return jobs.values();
    }
}
