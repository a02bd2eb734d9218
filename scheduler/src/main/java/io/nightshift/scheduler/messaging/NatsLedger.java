package io.nightshift.scheduler.messaging;

import io.nats.client.Connection;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.impl.NatsKeyValueWatchSubscription;
import io.nightshift.contract.Buckets;
import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.nats.NatsClient;
import io.nightshift.scheduler.ledger.EndedJob;
import io.nightshift.scheduler.ledger.Freshness;
import io.nightshift.scheduler.ledger.JobEntry;
import io.nightshift.scheduler.ledger.Ledger;
import io.nightshift.scheduler.ledger.MemoryLedger;
import io.nightshift.scheduler.ledger.NightEntry;
import io.nightshift.scheduler.ledger.Raised;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The ledger in key-value buckets, with a copy in memory that watches keep up to date, so that what another scheduler
 * writes is seen here too. After each reconnect it is read anew: the server may have lost what it had.
 */
@ApplicationScoped
class NatsLedger implements Ledger {
    private static final Logger LOG = Logger.getLogger(NatsLedger.class);
    private static final String NIGHTS = "backup_nights";
    private static final String JOBS = "backup_jobs";
    private static final String FRESHNESS = "backup_freshness";
    private static final String ALERTS = "backup_alerts";
    private static final String INSTALLED = "installed";
    private static final String KNOWN = "known/";
    private static final String NIGHT = "night/";
    private static final String HOST = "host/";

    private final NatsClient nats;
    private final LedgerBuckets buckets;
    // Kept so that the watches live as long as this.
    private List<NatsKeyValueWatchSubscription> watches = List.of();
    private volatile Optional<Loaded> newest = Optional.empty();

    /** From one connect to the next; watches do not outlive it. */
    private record Session(Connection connection, long reconnects) {}

    private record Loaded(Session session, Copy copy) {}

    /**
     * What was read since the last connect.
     *
     * @param revisions those of open jobs whose entry in the bucket is known: all that it says, {@code memory} says as well
     * @param own of all else than jobs
     */
    private record Copy(MemoryLedger memory, Map<String, Long> revisions, OwnWrites own) {
        Copy() {
            this(new MemoryLedger(), new ConcurrentHashMap<>(), new OwnWrites());
        }

        /** Memory first, so that whoever finds a revision finds what belongs to it. Of an end there is none: nothing is put on top of it. */
        void learn(JobEntry job, long revision) {
            memory.putJob(job);
            if (job.isOpen()) {
                revisions.merge(job.id().toString(), revision, Math::max);
            } else {
                revisions.remove(job.id().toString());
            }
        }

        /** What this scheduler has written itself comes back, and is known. */
        void hear(KeyValueEntry entry) {
            if (entry.getRevision() > revisions.getOrDefault(entry.getKey(), 0L)) {
                learn(NatsLedger.read(entry, JobEntry.class), entry.getRevision());
            }
        }
    }

    NatsLedger(NatsClient nats) {
        this.nats = nats;
        this.buckets = new LedgerBuckets(nats);
    }

    private MemoryLedger loaded() {
        return copy().memory();
    }

    private Copy copy() {
        return ofNow().orElseGet(this::reload);
    }

    /** Reads everything, until which every call waits. */
    private synchronized Copy reload() {
        return ofNow().orElseGet(() -> {
            var session = session();
            var copy = load();
            newest = Optional.of(new Loaded(session, copy));
            return copy;
        });
    }

    private Optional<Copy> ofNow() {
        var session = session();
        return newest.filter(loaded -> loaded.session().equals(session)).map(Loaded::copy);
    }

    private Session session() {
        var connection = nats.connection();
        return new Session(connection, connection.getStatistics().getReconnects());
    }

    private Copy load() {
        var next = new Copy();
        var fresh = next.memory();
        var started = new ArrayList<NatsKeyValueWatchSubscription>();
        try {
            started.add(buckets.watch(NIGHTS, next.own(), entry -> readNight(fresh, entry), key -> {}));
            started.add(buckets.watch(JOBS, next.own(), next::hear, key -> {}));
            started.add(buckets.watch(
                    FRESHNESS, next.own(), entry -> fresh.putFreshness(read(entry, Freshness.class)), key -> {}));
            started.add(buckets.watch(
                    ALERTS,
                    next.own(),
                    entry -> fresh.putRaised(read(entry, Raised.class)),
                    key -> List.copyOf(fresh.raised()).stream()
                            .filter(raised -> raised.key().equals(key))
                            .forEach(fresh::removeRaised)));
        } catch (RuntimeException e) {
            started.forEach(NatsLedger::end);
            throw e;
        }
        watches.forEach(NatsLedger::end);
        watches = started;
        LOG.infof(
                "ledger read nights=%d open=%d ended=%d",
                fresh.nights().size(), fresh.jobs().size(), fresh.ended().size());
        return next;
    }

    private static void end(NatsKeyValueWatchSubscription watch) {
        try {
            watch.unsubscribe();
        } catch (RuntimeException e) {
            LOG.debug("a watch of a connection that is gone", e);
        }
    }

    private static void readNight(MemoryLedger memory, KeyValueEntry entry) {
        var key = entry.getKey();
        if (key.startsWith(NIGHT)) {
            memory.putNight(read(entry, NightEntry.class));
        } else if (key.startsWith(HOST)) {
            var part = key.substring(HOST.length()).split("/", -1);
            memory.putHostState(new NightId(part[0]), part[1], HostState.valueOf(text(entry)));
        } else if (key.equals(INSTALLED)) {
            memory.installedAt(Instant.parse(text(entry)));
        } else if (key.startsWith(KNOWN)) {
            var word = key.substring(KNOWN.length());
            Stream.of(Work.values()) // a newer version may know others
                    .filter(work -> work.word().equals(word))
                    .forEach(work -> memory.knownSince(work, Instant.parse(text(entry))));
        }
    }

    /** @return the memory that must say the same from now on */
    private MemoryLedger put(String bucket, String key, byte[] value) {
        var current = copy();
        current.own().wrote(bucket, key, buckets.put(bucket, key, value));
        return current.memory();
    }

    @Override
    public Instant installedAt(Instant now) {
        var loaded = loaded();
        if (loaded.installed().isEmpty()) {
            buckets.create(NIGHTS, INSTALLED, bytes(now.toString()));
        }
        return loaded.installedAt(now);
    }

    @Override
    public Instant knownSince(Work work, Instant now) {
        var loaded = loaded();
        if (!loaded.known().containsKey(work)) {
            buckets.create(NIGHTS, KNOWN + work.word(), bytes(now.toString()));
        }
        return loaded.knownSince(work, now);
    }

    @Override
    public boolean addNight(NightEntry night) {
        var loaded = loaded();
        if (loaded.night(night.night().id()).isPresent()) {
            return false;
        }
        boolean added = buckets.create(NIGHTS, NIGHT + night.night().id(), Wire.write(night))
                .isPresent();
        if (added) {
            loaded.addNight(night);
            // The bucket forgets after a while; that we are not new, nor what we do, must not be forgotten.
            buckets.put(
                    NIGHTS, INSTALLED, bytes(loaded.installedAt(night.begunAt()).toString()));
            loaded.known().forEach((work, since) -> buckets.put(NIGHTS, KNOWN + work.word(), bytes(since.toString())));
        }
        return added;
    }

    @Override
    public void putNight(NightEntry night) {
        put(NIGHTS, NIGHT + night.night().id(), Wire.write(night)).putNight(night);
    }

    @Override
    public Optional<NightEntry> night(NightId id) {
        return loaded().night(id);
    }

    @Override
    public Collection<NightEntry> nights() {
        return loaded().nights();
    }

    @Override
    public Optional<HostState> hostState(NightId night, String host) {
        return loaded().hostState(night, host);
    }

    @Override
    public void putHostState(NightId night, String host, HostState state) {
        put(NIGHTS, HOST + night + "/" + host, bytes(state.name())).putHostState(night, host, state);
    }

    @Override
    public boolean addJob(JobEntry job) {
        var current = copy();
        if (current.memory().job(job.id()).isPresent()
                || current.memory().ended(job.id()).isPresent()) {
            return false;
        }
        var revision = buckets.create(JOBS, job.id().toString(), Wire.write(job));
        revision.ifPresent(first -> current.learn(job, first));
        return revision.isPresent();
    }

    @Override
    public void putJob(JobEntry job) {
        var current = copy();
        if (!putOnTop(job, current)) {
            buckets.change(
                    JOBS,
                    job.id().toString(),
                    known -> Wire.write(known.map(body -> job.and(Wire.read(body, JobEntry.class)))
                            .orElse(job)));
            current.memory().putJob(job);
        }
    }

    /** Without asking first what is there, if what is known is the last. */
    private boolean putOnTop(JobEntry job, Copy current) {
        var revision = Optional.ofNullable(current.revisions().get(job.id().toString()));
        var known = current.memory().job(job.id());
        if (revision.isEmpty() || known.isEmpty()) {
            return false;
        }
        var both = job.and(known.get());
        var written = buckets.update(JOBS, job.id().toString(), Wire.write(both), revision.get());
        written.ifPresent(next -> current.learn(both, next));
        return written.isPresent();
    }

    @Override
    public Optional<JobEntry> job(JobId id) {
        return loaded().job(id);
    }

    @Override
    public Collection<JobEntry> jobs() {
        return loaded().jobs();
    }

    @Override
    public List<JobEntry> due(Instant now) {
        return loaded().due(now);
    }

    @Override
    public Optional<EndedJob> ended(JobId id) {
        return loaded().ended(id);
    }

    @Override
    public Collection<EndedJob> ended() {
        return loaded().ended();
    }

    @Override
    public Optional<Instant> lastSign(String host, String destination) {
        return loaded().lastSign(host, destination);
    }

    @Override
    public Optional<Instant> lastSign(String destination) {
        return loaded().lastSign(destination);
    }

    @Override
    public JobStatus decide(JobStatus end) {
        while (buckets.create(Buckets.RESULTS, end.job().key(), Wire.write(end)).isEmpty()) {
            var known = buckets.get(Buckets.RESULTS, end.job().key());
            if (known.isPresent()) {
                return readable(known.get(), end);
            } // else its life has ended between the two looks
        }
        return end;
    }

    /** Workers write there too: what is no end of that job does not count, and holds up nobody. */
    private static JobStatus readable(byte[] known, JobStatus own) {
        return Wire.readable(known, JobStatus.class)
                .filter(found -> found.isFinal() && found.job().equals(own.job()))
                .orElseGet(() -> {
                    LOG.errorf("what the bucket of ends has is no end of it, ours counts: job=%s", own.job());
                    return own;
                });
    }

    @Override
    public Optional<Freshness> freshness(Target target, Work work) {
        return loaded().freshness(target, work);
    }

    @Override
    public void putFreshness(Freshness freshness) {
        put(FRESHNESS, freshness.key(), Wire.write(freshness)).putFreshness(freshness);
    }

    @Override
    public Optional<Raised> raised(String kind, String about) {
        return loaded().raised(kind, about);
    }

    @Override
    public Collection<Raised> raised() {
        return loaded().raised();
    }

    @Override
    public void putRaised(Raised raised) {
        put(ALERTS, raised.key(), Wire.write(raised)).putRaised(raised);
    }

    @Override
    public void removeRaised(Raised raised) {
        var loaded = loaded();
        buckets.delete(ALERTS, raised.key());
        loaded.removeRaised(raised);
    }

    @Override
    public void shrink(Instant now) {
        loaded().shrink(now);
    }

    private static <T> T read(KeyValueEntry entry, Class<T> type) {
        var value = entry.getValue();
        return Wire.read(value == null ? new byte[0] : value, type);
    }

    private static String text(KeyValueEntry entry) {
        var value = entry.getValue();
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
