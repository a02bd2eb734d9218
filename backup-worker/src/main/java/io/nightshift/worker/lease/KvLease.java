package io.nightshift.worker.lease;

import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import io.nats.client.impl.Headers;
import io.nightshift.contract.Buckets;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.nats.NatsClient;
import io.nightshift.nats.NatsException;
import io.nightshift.worker.Leases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One key, held by update-with-revision: whoever has taken it over makes our update fail. */
final class KvLease implements Leases.Lease {
    private static final Logger LOG = Logger.getLogger(KvLease.class);

    /** Source: nats-server, JSStreamWrongLastSequenceErr: the key exists, or has another revision. */
    private static final int WRONG_REVISION = 10071;

    private final NatsClient nats;
    private final String key;
    private final String owner;
    private final Duration limit;
    private final Consumer<Failure> lost;
    private final Map<String, Long> marks;
    private long revision;
    private long renewedAt;
    private boolean over;
    private @Nullable ScheduledFuture<?> renewal;

    /** @param marks revisions of what leases that were given back have left, by key: until its life ends, a key is not quite gone */
    KvLease(
            NatsClient nats,
            String key,
            String owner,
            Duration limit,
            Consumer<Failure> lost,
            Map<String, Long> marks) {
        this.nats = nats;
        this.key = key;
        this.owner = owner;
        this.limit = limit;
        this.lost = lost;
        this.marks = marks;
    }

    /** Whether it was free. */
    synchronized boolean take() {
        long asked = System.nanoTime();
        try {
            revision = create();
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != WRONG_REVISION) {
                throw new NatsException("lease " + key + " not taken: " + e.getMessage(), e);
            }
            return false;
        } catch (IOException e) {
            throw new NatsException("lease " + key + " not taken: " + e.getMessage(), e);
        }
        renewedAt = asked;
        return true;
    }

    /** Over our own mark one message is enough; otherwise the library finds the mark by two more. */
    private long create() throws IOException, JetStreamApiException {
        var bucket = nats.keyValue(Buckets.LEASES);
        var mark = Optional.ofNullable(marks.remove(key));
        try {
            return mark.isPresent() ? bucket.update(key, value(), mark.get()) : bucket.create(key, value());
        } catch (JetStreamApiException e) {
            if (mark.isEmpty() || e.getApiErrorCode() != WRONG_REVISION) {
                throw e;
            }
            return bucket.create(key, value()); // the mark is gone, or somebody else has had the lease since
        }
    }

    synchronized void renewEvery(Duration period, ScheduledExecutorService executor) {
        long millis = period.toMillis();
        renewal = executor.scheduleWithFixedDelay(this::renew, millis, millis, TimeUnit.MILLISECONDS);
    }

    private synchronized void renew() {
        if (over) {
            return;
        }
        long asked = System.nanoTime();
        try {
            revision = nats.keyValue(Buckets.LEASES).update(key, value(), revision);
            renewedAt = asked;
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == WRONG_REVISION && !stillOurs(asked)) {
                lose("somebody else has it");
            }
        } catch (IOException | RuntimeException e) {
            LOG.warnf("lease not renewed: key=%s why=%s", key, e.getMessage());
        }
        if (!over && System.nanoTime() - renewedAt > limit.toNanos()) {
            lose("NATS did not renew it for " + limit);
        }
    }

    /** The answer to an update may have been lost: then the revision is newer, and ours. */
    private boolean stillOurs(long asked) {
        try {
            var entry = nats.keyValue(Buckets.LEASES).get(key);
            if (entry == null) {
                revision = nats.keyValue(Buckets.LEASES).create(key, value());
            } else if (owner.equals(entry.getValueAsString())) {
                revision = entry.getRevision();
            } else {
                return false;
            }
            renewedAt = asked;
            return true;
        } catch (IOException | JetStreamApiException e) {
            LOG.warnf("lease not looked up: key=%s why=%s", key, e.getMessage());
            return true; // unknown: the limit decides
        }
    }

    private void lose(String why) {
        over = true;
        cancel();
        LOG.errorf("lease lost: key=%s why=%s", key, why);
        lost.accept(Failure.of(
                Cause.LEASE_LOST,
                "the lease " + key + " was lost: " + why,
                "see whether the worker can reach NATS; the job is tried again"));
    }

    private byte[] value() {
        return owner.getBytes(StandardCharsets.UTF_8);
    }

    private void cancel() {
        if (renewal != null) {
            renewal.cancel(false);
        }
    }

    /** A lease that cannot be given back ends by itself. */
    @Override
    public synchronized void close() {
        cancel();
        if (over) {
            return;
        }
        over = true;
        boolean interrupted = Thread.interrupted(); // a stop must still give it back
        try {
            marks.put(key, delete());
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            LOG.warnf("lease not given back, it ends by itself: key=%s why=%s", key, e.getMessage());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** As the library deletes, but for the revision, which it does not tell. */
    private long delete() throws IOException, JetStreamApiException {
        var headers = new Headers().put("KV-Operation", "DEL");
        var onlyOurs =
                PublishOptions.builder().expectedLastSubjectSequence(revision).build();
        return nats.jetStream()
                .publish("$KV." + Buckets.LEASES + "." + key, headers, new byte[0], onlyOurs)
                .getSeqno();
    }

    @Override
    public String toString() {
        return key;
    }
}
