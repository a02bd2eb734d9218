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
import java.util.Optional;
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
    private static final String NIGHT = "night/";
    private static final String HOST = "host/";

    private final NatsClient nats;
    private final LedgerBuckets buckets;
    // Kept so that the watches live as long as this.
    private List<NatsKeyValueWatchSubscription> watches = List.of();
    private Optional<Session> session = Optional.empty();
    private MemoryLedger memory = new MemoryLedger();

    /** From one connect to the next; watches do not outlive it. */
    private record Session(Connection connection, long reconnects) {}

    NatsLedger(NatsClient nats) {
        this.nats = nats;
        this.buckets = new LedgerBuckets(nats);
    }

    /** Reads everything, until which every call waits. */
    private synchronized MemoryLedger loaded() {
        var connection = nats.connection();
        var current =
                Optional.of(new Session(connection, connection.getStatistics().getReconnects()));
        if (!session.equals(current)) {
            load();
            session = current;
        }
        return memory;
    }

    private void load() {
        var fresh = new MemoryLedger();
        var started = new ArrayList<NatsKeyValueWatchSubscription>();
        try {
            started.add(buckets.watch(NIGHTS, entry -> readNight(fresh, entry), key -> {}));
            started.add(buckets.watch(JOBS, entry -> fresh.putJob(read(entry, JobEntry.class)), key -> {}));
            started.add(buckets.watch(FRESHNESS, entry -> fresh.putFreshness(read(entry, Freshness.class)), key -> {}));
            started.add(buckets.watch(
                    ALERTS,
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
        memory = fresh;
        LOG.infof(
                "ledger read nights=%d open=%d ended=%d",
                fresh.nights().size(), fresh.jobs().size(), fresh.ended().size());
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
        }
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
    public boolean addNight(NightEntry night) {
        var loaded = loaded();
        if (loaded.night(night.night().id()).isPresent()) {
            return false;
        }
        boolean added = buckets.create(NIGHTS, NIGHT + night.night().id(), Wire.write(night));
        if (added) {
            loaded.addNight(night);
            // The bucket forgets after a while; that we are not new must not be forgotten.
            buckets.put(
                    NIGHTS, INSTALLED, bytes(loaded.installedAt(night.begunAt()).toString()));
        }
        return added;
    }

    @Override
    public void putNight(NightEntry night) {
        var loaded = loaded();
        buckets.put(NIGHTS, NIGHT + night.night().id(), Wire.write(night));
        loaded.putNight(night);
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
        var loaded = loaded();
        buckets.put(NIGHTS, HOST + night + "/" + host, bytes(state.name()));
        loaded.putHostState(night, host, state);
    }

    @Override
    public boolean addJob(JobEntry job) {
        var loaded = loaded();
        if (loaded.job(job.id()).isPresent() || loaded.ended(job.id()).isPresent()) {
            return false;
        }
        boolean added = buckets.create(JOBS, job.id().toString(), Wire.write(job));
        if (added) {
            loaded.addJob(job);
        }
        return added;
    }

    @Override
    public void putJob(JobEntry job) {
        var loaded = loaded();
        buckets.change(
                JOBS,
                job.id().toString(),
                known -> Optional.of(Wire.write(known.map(body -> job.and(Wire.read(body, JobEntry.class)))
                        .orElse(job))));
        loaded.putJob(job);
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
        while (!buckets.create(Buckets.RESULTS, end.job().key(), Wire.write(end))) {
            var known = buckets.get(Buckets.RESULTS, end.job().key());
            if (known.isPresent()) {
                return Wire.read(known.get(), JobStatus.class);
            } // else its life has ended between the two looks
        }
        return end;
    }

    @Override
    public Optional<Freshness> freshness(Target target, Work work) {
        return loaded().freshness(target, work);
    }

    @Override
    public void putFreshness(Freshness freshness) {
        var loaded = loaded();
        buckets.put(FRESHNESS, freshness.key(), Wire.write(freshness));
        loaded.putFreshness(freshness);
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
        var loaded = loaded();
        buckets.put(ALERTS, raised.key(), Wire.write(raised));
        loaded.putRaised(raised);
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
