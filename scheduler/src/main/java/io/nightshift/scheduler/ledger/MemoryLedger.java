package io.nightshift.scheduler.ledger;

import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Target;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.JobStatus;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;

/** A ledger in memory: what a lasting one keeps at hand. */
public final class MemoryLedger implements Ledger {
    /** As long as the buckets keep them, and the days by which a night's date and a last write may be apart. */
    private static final int JOB_DAYS = 33;

    private static final int NIGHT_DAYS = 93;

    private final Map<NightId, NightEntry> nights = new ConcurrentSkipListMap<>();
    private final Map<NightId, Map<String, HostState>> hosts = new ConcurrentSkipListMap<>();
    private final JobBook jobs = new JobBook();
    private final ConcurrentMap<JobId, JobStatus> decided = new ConcurrentHashMap<>();
    private final Map<String, Freshness> freshness = new ConcurrentHashMap<>();
    private final Map<String, Raised> raised = new ConcurrentSkipListMap<>();
    private final AtomicReference<Optional<Instant>> installedAt = new AtomicReference<>(Optional.empty());
    private final Map<Work, Instant> knownSince = new ConcurrentHashMap<>();

    @Override
    public Instant installedAt(Instant now) {
        return installedAt.updateAndGet(known -> Optional.of(known.orElse(now))).orElse(now);
    }

    /** What {@link #installedAt} answers, if it was set. */
    public Optional<Instant> installed() {
        return Optional.ofNullable(installedAt.get()).flatMap(known -> known);
    }

    @Override
    public Instant knownSince(Work work, Instant now) {
        return knownSince.computeIfAbsent(work, key -> now);
    }

    /** What {@link #knownSince} answers, of those works for which it was set. */
    public Map<Work, Instant> known() {
        return Map.copyOf(knownSince);
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
        return Optional.ofNullable(hosts.get(night)).map(states -> states.get(host));
    }

    @Override
    public void putHostState(NightId night, String host, HostState state) {
        hosts.computeIfAbsent(night, n -> new ConcurrentHashMap<>()).put(host, state);
    }

    @Override
    public boolean addJob(JobEntry job) {
        return jobs.add(job);
    }

    @Override
    public void putJob(JobEntry job) {
        jobs.put(job);
    }

    @Override
    public Optional<JobEntry> job(JobId id) {
        return jobs.job(id);
    }

    @Override
    public Collection<JobEntry> jobs() {
        return jobs.open();
    }

    @Override
    public List<JobEntry> due(Instant now) {
        return jobs.due(now);
    }

    @Override
    public Optional<EndedJob> ended(JobId id) {
        return jobs.ended(id);
    }

    @Override
    public Collection<EndedJob> ended() {
        return jobs.ended();
    }

    @Override
    public Optional<Instant> lastSign(String host, String destination) {
        return jobs.lastSign(host + "/" + destination);
    }

    @Override
    public Optional<Instant> lastSign(String destination) {
        return jobs.lastSign(destination);
    }

    @Override
    public JobStatus decide(JobStatus end) {
        var first = decided.putIfAbsent(end.job(), end);
        return first == null ? end : first;
    }

    @Override
    public Optional<Freshness> freshness(Target target, Work work) {
        return Optional.ofNullable(freshness.get(Freshness.key(target, work)));
    }

    @Override
    public void putFreshness(Freshness entry) {
        freshness.put(entry.key(), entry);
    }

    @Override
    public Optional<Raised> raised(String kind, String about) {
        return Optional.ofNullable(raised.get(Raised.key(kind, about)));
    }

    @Override
    public Collection<Raised> raised() {
        return raised.values();
    }

    @Override
    public void putRaised(Raised entry) {
        raised.put(entry.key(), entry);
    }

    @Override
    public void removeRaised(Raised entry) {
        raised.remove(entry.key());
    }

    @Override
    public void shrink(Instant now) {
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        jobs.forgetBefore(today.minusDays(JOB_DAYS));
        var first = today.minusDays(NIGHT_DAYS);
        nights.keySet().removeIf(id -> id.date().isBefore(first));
        hosts.keySet().removeIf(id -> id.date().isBefore(first));
    }
}
