package io.nightshift.scheduler.service;

import io.nightshift.contract.event.Alert;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.nats.NatsException;
import io.nightshift.scheduler.Bus;
import io.nightshift.scheduler.SchedulerConfig;
import io.nightshift.scheduler.night.Nights;
import io.nightshift.scheduler.plan.Forecast;
import io.nightshift.scheduler.plan.Planner;
import io.nightshift.scheduler.plan.SwitchedOff;
import io.nightshift.scheduler.release.Ends;
import io.nightshift.scheduler.release.Releaser;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Looks at the clock: an own thread, so that no message can delay a night. */
@ApplicationScoped
class Clockwork {
    private static final Logger LOG = Logger.getLogger(Clockwork.class);
    private static final int SHOWN_AT_START = 5;

    private final SchedulerConfig config;
    private final Fleet fleet;
    private final Bus bus;
    private final Nights nights;
    private final Planner planner;
    private final Releaser releaser;
    private final Ends ends;
    private final InstantSource clock;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "clockwork");
        thread.setDaemon(true);
        return thread;
    });
    private boolean warned;
    private boolean failing;

    Clockwork(
            SchedulerConfig config,
            Fleet fleet,
            Bus bus,
            Nights nights,
            Planner planner,
            Releaser releaser,
            Ends ends,
            InstantSource clock) {
        this.config = config;
        this.fleet = fleet;
        this.bus = bus;
        this.nights = nights;
        this.planner = planner;
        this.releaser = releaser;
        this.ends = ends;
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
        executor.scheduleWithFixedDelay(this::look, 0, tick, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        executor.shutdownNow();
    }

    private void look() {
        try {
            var now = clock.instant();
            warnOnce();
            nights.look(now);
            planner.giveUpOnSilentHosts(now);
            releaser.look(now);
            ends.look(now);
            failing = false;
        } catch (NatsException e) {
            // Said once: it is tried at each tick, and the readiness shows it.
            if (!failing) {
                LOG.warnf("waiting for NATS: %s", e.getMessage());
            }
            failing = true;
        } catch (RuntimeException e) {
            LOG.error("not looked after the clock, tried again", e);
        }
    }

    private void warnOnce() {
        if (!warned) {
            SwitchedOff.of(fleet)
                    .forEach(off -> bus.publish(
                            Alert.of(Alert.DISABLED, off.about(), clock.instant(), off.message(), SwitchedOff.ADVICE)));
            warned = true;
        }
    }
}
