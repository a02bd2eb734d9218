package io.nightshift.snapshot.service;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.nightshift.nats.NatsClient;
import io.nightshift.nats.NatsException;
import io.nightshift.snapshot.Safeguards;
import io.nightshift.snapshot.ServedHost;
import io.nightshift.snapshot.SnapshotConfig;
import io.nightshift.snapshot.SnapshotException;
import io.nightshift.snapshot.SnapshotKeeper;
import io.nightshift.snapshot.Snapshots;
import io.nightshift.snapshot.coverage.Watch;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * At the start and from time to time: can we work here, is the newest night readable, is all of it backed up, can leftovers
 * go, is there space.
 */
@ApplicationScoped
@Readiness
class Housekeeping implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(Housekeeping.class);

    private final SnapshotConfig config;
    private final ServedHost served;
    private final Snapshots snapshots;
    private final SnapshotKeeper keeper;
    private final Safeguards safeguards;
    private final Watch watch;
    private final NatsClient nats;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "snapshot-housekeeping");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Optional<String> problem = Optional.of("not checked yet");

    Housekeeping(
            SnapshotConfig config,
            ServedHost served,
            Snapshots snapshots,
            SnapshotKeeper keeper,
            Safeguards safeguards,
            Watch watch,
            NatsClient nats) {
        this.config = config;
        this.served = served;
        this.snapshots = snapshots;
        this.keeper = keeper;
        this.safeguards = safeguards;
        this.watch = watch;
        this.nats = nats;
    }

    /** The beans that this one has are made here: a host that the fleet file lacks stops the start. */
    void start(@Observes StartupEvent event) {
        LOG.infof(
                "serving host=%s kind=%s access=%s datasets=%s view-root=%s",
                served.host().name(),
                served.host().kind(),
                served.host().access(),
                served.host().datasets(),
                config.snapshot().viewRoot());
        long period = config.snapshot().cleanUpEvery().toMillis();
        executor.scheduleWithFixedDelay(this::work, 0, period, MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        executor.shutdownNow();
    }

    private void work() {
        try {
            check();
            nats.connection();
            keeper.tidy();
            safeguards.tidy();
            watch.disks();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SnapshotException e) {
            LOG.errorf("not tidied up: %s; %s", e.reason(), e.advice());
        } catch (NatsException e) {
            LOG.warnf("not tidied up, tried again in %s: %s", config.snapshot().cleanUpEvery(), e.getMessage());
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "not tidied up, tried again in %s", config.snapshot().cleanUpEvery());
        }
    }

    private void check() throws InterruptedException {
        try {
            snapshots.check();
            problem = Optional.empty();
        } catch (SnapshotException e) {
            problem = Optional.of(e.reason() + "; " + e.advice());
            LOG.errorf("nights of this host will fail: %s; %s", e.reason(), e.advice());
        }
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("snapshots").status(problem.isEmpty());
        problem.ifPresent(text -> response.withData("problem", text));
        return response.build();
    }
}
