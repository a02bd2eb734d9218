package io.nightshift.scheduler.messaging;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueOperation;
import io.nats.client.api.KeyValueWatcher;
import io.nats.client.impl.NatsKeyValueWatchSubscription;
import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Wire;
import io.nightshift.nats.NatsClient;
import io.nightshift.nats.NatsException;
import io.nightshift.scheduler.ledger.JobEntry;
import io.nightshift.scheduler.ledger.Ledger;
import io.nightshift.scheduler.ledger.MemoryLedger;
import io.nightshift.scheduler.ledger.NightEntry;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The ledger in key-value buckets, with a copy in memory that a watch keeps up to date, so that what another scheduler
 * writes is seen here too.
 */
@ApplicationScoped
class NatsLedger implements Ledger {
    private static final String NIGHTS = "backup_nights";
    private static final String JOBS = "backup_jobs";
    private static final String INSTALLED = "installed";
    private static final String NIGHT = "night/";
    private static final String HOST = "host/";
    /** Source: nats-server errors.json, JSStreamWrongLastSequenceErrF. */
    private static final int WRONG_LAST_SEQUENCE = 10071;

    private static final int LOAD_SECONDS = 60;

    private final NatsClient nats;
    private final MemoryLedger memory = new MemoryLedger();
    // Kept so that the watches live as long as this.
    private final List<NatsKeyValueWatchSubscription> watches = new ArrayList<>();
    private Optional<Connection> watched = Optional.empty();

    NatsLedger(NatsClient nats) {
        this.nats = nats;
    }

    /** Reads everything, until which every call waits; and again over a new connection, since watches end with theirs. */
    private synchronized MemoryLedger loaded() {
        var connection = nats.connection();
        if (watched.filter(known -> known == connection).isEmpty()) {
            watches.clear();
            watch(NIGHTS, this::readNight);
            watch(JOBS, entry -> memory.putJob(Wire.read(body(entry), JobEntry.class)));
            watched = Optional.of(connection);
        }
        return memory;
    }

    private void watch(String bucket, Consumer<KeyValueEntry> reader) {
        var end = new CountDownLatch(1);
        var watcher = new KeyValueWatcher() {
            @Override
            public void watch(KeyValueEntry entry) {
                if (entry.getOperation() == KeyValueOperation.PUT) {
                    reader.accept(entry);
                }
            }

            @Override
            public void endOfData() {
                end.countDown();
            }
        };
        ask(() -> watches.add(nats.keyValue(bucket).watchAll(watcher)));
        try {
            if (!end.await(LOAD_SECONDS, TimeUnit.SECONDS)) {
                throw new NatsException("bucket " + bucket + " was not read within " + LOAD_SECONDS + " s", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NatsException("interrupted while reading bucket " + bucket, e);
        }
    }

    private void readNight(KeyValueEntry entry) {
        var key = entry.getKey();
        if (key.startsWith(NIGHT)) {
            memory.putNight(Wire.read(body(entry), NightEntry.class));
        } else if (key.startsWith(HOST)) {
            var part = key.substring(HOST.length()).split("/", -1);
            memory.putHostState(new NightId(part[0]), part[1], HostState.valueOf(text(entry)));
        } else if (key.equals(INSTALLED)) {
            memory.installedAt(Instant.parse(text(entry)));
        }
    }

    @Override
    public Instant installedAt(Instant now) {
        var known = loaded().installedAt(now);
        if (known.equals(now)) {
            add(NIGHTS, INSTALLED, now.toString().getBytes(StandardCharsets.UTF_8));
        }
        return known;
    }

    @Override
    public boolean addNight(NightEntry night) {
        if (loaded().night(night.night().id()).isPresent()) {
            return false;
        }
        boolean added = add(NIGHTS, NIGHT + night.night().id(), Wire.write(night));
        if (added) {
            memory.addNight(night);
            // The bucket forgets after a while; that we are not new must not be forgotten.
            put(
                    NIGHTS,
                    INSTALLED,
                    memory.installedAt(night.begunAt()).toString().getBytes(StandardCharsets.UTF_8));
        }
        return added;
    }

    @Override
    public void putNight(NightEntry night) {
        loaded().putNight(night);
        put(NIGHTS, NIGHT + night.night().id(), Wire.write(night));
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
        loaded().putHostState(night, host, state);
        put(NIGHTS, HOST + night + "/" + host, state.name().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean addJob(JobEntry job) {
        if (loaded().job(job.id()).isPresent()) {
            return false;
        }
        boolean added = add(JOBS, job.id().toString(), Wire.write(job));
        if (added) {
            memory.addJob(job);
        }
        return added;
    }

    @Override
    public void putJob(JobEntry job) {
        loaded().putJob(job);
        put(JOBS, job.id().toString(), Wire.write(job));
    }

    @Override
    public Optional<JobEntry> job(JobId id) {
        return loaded().job(id);
    }

    @Override
    public Collection<JobEntry> jobs() {
        return loaded().jobs();
    }

    private boolean add(String bucket, String key, byte[] value) {
        return ask(() -> {
            try {
                nats.keyValue(bucket).create(key, value);
                return true;
            } catch (JetStreamApiException e) {
                if (e.getApiErrorCode() == WRONG_LAST_SEQUENCE) {
                    return false;
                }
                throw e;
            }
        });
    }

    private void put(String bucket, String key, byte[] value) {
        ask(() -> nats.keyValue(bucket).put(key, value));
    }

    private static byte[] body(KeyValueEntry entry) {
        var value = entry.getValue();
        return value == null ? new byte[0] : value;
    }

    private static String text(KeyValueEntry entry) {
        return new String(body(entry), StandardCharsets.UTF_8);
    }

    private interface Question<T> {
        T ask() throws IOException, JetStreamApiException, InterruptedException;
    }

    private static <T> T ask(Question<T> question) {
        try {
            return question.ask();
        } catch (IOException | JetStreamApiException e) {
            throw new NatsException("the ledger could not be reached: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NatsException("interrupted while asking the ledger", e);
        }
    }
}
