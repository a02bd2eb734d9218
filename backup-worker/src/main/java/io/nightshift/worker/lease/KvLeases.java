package io.nightshift.worker.lease;

import io.nightshift.contract.Buckets;
import io.nightshift.contract.Target;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.nats.NatsClient;
import io.nightshift.worker.JobFailedException;
import io.nightshift.worker.Leases;
import io.nightshift.worker.WorkerConfig;
import io.nightshift.worker.WorkerName;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** In the bucket {@code backup_leases}, whose values end by themselves 5 minutes after the last renewal. */
@ApplicationScoped
class KvLeases implements Leases {
    /** How often somebody who waits looks again. */
    private static final long POLL_MILLIS = 1000;

    private final NatsClient nats;
    private final WorkerConfig.Worker config;
    private final String worker;
    private final AtomicLong count = new AtomicLong();
    private final Map<String, Long> marks = new ConcurrentHashMap<>();
    private final ScheduledExecutorService renewals = Executors.newScheduledThreadPool(2, task -> {
        var thread = new Thread(task, "lease-renewal");
        thread.setDaemon(true);
        return thread;
    });

    KvLeases(NatsClient nats, WorkerConfig config, WorkerName name) {
        this.nats = nats;
        this.config = config.worker();
        this.worker = name.process();
    }

    @Override
    public Lease slot(String destination, int slots, Consumer<Failure> lost) throws InterruptedException {
        while (true) {
            for (int n = 0; n < slots; n++) {
                var lease = take("slot." + destination + "." + n, lost);
                if (lease.isPresent()) {
                    return lease.get();
                }
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    @Override
    public Lease repository(Target target, Consumer<Failure> lost) throws InterruptedException {
        return waitFor("repo." + target.tokens(), lost, () -> busy(target, config.leaseWait()));
    }

    /** A place may be any path, so its key is a hash. */
    @Override
    public Lease place(String host, String place, Consumer<Failure> lost) throws InterruptedException {
        var hash = UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8));
        return waitFor("place." + host + "." + hash, lost, () -> inUse(host, place));
    }

    private Lease waitFor(String key, Consumer<Failure> lost, Supplier<JobFailedException> busy)
            throws InterruptedException {
        long deadline = System.nanoTime() + config.leaseWait().toNanos();
        while (true) {
            var lease = take(key, lost);
            if (lease.isPresent()) {
                return lease.get();
            }
            if (System.nanoTime() > deadline) {
                throw busy.get();
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private JobFailedException inUse(String host, String place) {
        return new JobFailedException(
                Cause.PLACE_BUSY,
                "another restore has been writing to " + place + " of " + host + " for more than " + config.leaseWait(),
                "nothing: this is tried again; or end the other one on backup.cancel." + host
                        + ".<service>.<destination>");
    }

    private Optional<Lease> take(String key, Consumer<Failure> lost) {
        var lease = new KvLease(nats, key, worker + "-" + count.incrementAndGet(), config.leaseLimit(), lost, marks);
        if (!lease.take()) {
            return Optional.empty();
        }
        lease.renewEvery(config.leaseRenewal(), renewals);
        return Optional.of(lease);
    }

    private static JobFailedException busy(Target target, Duration waited) {
        return new JobFailedException(
                Cause.REPOSITORY_LOCKED,
                "another run has had the lease of " + target + " for more than " + waited,
                "nothing: this is tried again; nats kv get " + Buckets.LEASES + " repo." + target.tokens()
                        + " says who");
    }

    @PreDestroy
    void close() {
        renewals.shutdownNow();
    }
}
