package io.nightshift.scheduler.service;

import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.plan.Forecast;
import io.nightshift.contract.plan.SwitchedOff;
import io.nightshift.nats.NatsException;
import io.nightshift.scheduler.Round;
import io.nightshift.scheduler.SchedulerConfig;
import io.nightshift.scheduler.plan.Planner;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Looks at the clock: an own thread, so that no message can delay a night. */
@ApplicationScoped
class Clockwork {
    private static final Logger LOG = Logger.getLogger(Clockwork.class);
    private static final int SHOWN_AT_START = 5;

    private final SchedulerConfig config;
    private final Fleet fleet;
    private final Round round;
    private final Planner planner;
    private final InstantSource clock;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "clockwork");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicBoolean woken = new AtomicBoolean();
    private boolean failing;

    Clockwork(SchedulerConfig config, Fleet fleet, Round round, Planner planner, InstantSource clock) {
        this.config = config;
        this.fleet = fleet;
        this.round = round;
        this.planner = planner;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        var zone = fleet.schedule().zone();
        Forecast.next(fleet, clock.instant()).stream()
                .sorted(Comparator.comparing(Forecast.Run::due))
                .limit(SHOWN_AT_START)
                .forEach(run -> LOG.infof(
                        "next job=%s work=%s local=%s utc=%s",
                        run.target(), run.work().word(), run.local(zone), run.due()));
        SwitchedOff.of(fleet).forEach(off -> LOG.warnf("%s; %s", off.message(), SwitchedOff.ADVICE));
        long tick = config.scheduler().tick().toMillis();
        executor.scheduleWithFixedDelay(() -> attempt(round::look), 0, tick, TimeUnit.MILLISECONDS);
        planner.onPlanned(this::wake);
    }

    void stop(@Observes ShutdownEvent event) {
        executor.shutdownNow();
    }

    /**
     * A person who asks for a job does not wait for the tick. However many jobs are planned meanwhile, they are handed out together; all
     * else that a look does goes through all jobs, and waits for the tick.
     */
    private void wake() {
        if (!woken.getAndSet(true)) {
            executor.execute(() -> {
                woken.set(false);
                attempt(round::release);
            });
        }
    }

    private void attempt(Consumer<Instant> deed) {
        try {
            deed.accept(clock.instant());
            failing = false;
        } catch (NatsException e) {
            // Said once: it is tried at each tick, and the readiness shows it.
            if (!failing) {
                LOG.warnf("waiting for NATS: %s", e.getMessage());
            }
            failing = true;
        } catch (RuntimeException | Error e) { // or the executor would never look again
            LOG.error("not looked after the clock, tried again", e);
        }
    }
}
