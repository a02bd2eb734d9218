package io.nightshift.scheduler.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nightshift.contract.NightId;
import io.nightshift.contract.Target;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.scheduler.Fleets;
import io.nightshift.scheduler.RecordingBus;
import io.nightshift.scheduler.Round;
import io.nightshift.scheduler.Samples;
import io.nightshift.scheduler.SchedulerConfig;
import io.nightshift.scheduler.Together;
import io.nightshift.scheduler.alarm.Alarms;
import io.nightshift.scheduler.alarm.OffAlarms;
import io.nightshift.scheduler.ledger.MemoryLedger;
import io.nightshift.scheduler.night.Installation;
import io.nightshift.scheduler.night.Nights;
import io.nightshift.scheduler.overdue.Overdue;
import io.nightshift.scheduler.plan.Jobs;
import io.nightshift.scheduler.plan.Planner;
import io.nightshift.scheduler.release.Ends;
import io.nightshift.scheduler.release.Overtaken;
import io.nightshift.scheduler.release.Releaser;
import io.nightshift.scheduler.release.Untaken;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockworkTest {
    private static final Instant NOW = Instant.parse("2026-04-17T02:30:00Z");
    private static final Target APP = new Target("daedalus", "app01", "local");

    @TempDir
    Path folder;

    private final MemoryLedger ledger = new MemoryLedger();
    private final RecordingBus bus = new RecordingBus();

    /** The tick is of an hour, so that only the planning can be what wakes it; the first look of all is over by then. */
    @Test
    void a_job_that_is_due_when_it_is_planned_does_not_wait_for_the_tick() throws Exception {
        var fleet = Fleets.twenty(folder);
        var planner = new Planner(fleet, ledger, bus, Duration.ofMinutes(15), Together.oneAfterTheOther());
        var round = round(fleet, planner);
        var clockwork = new Clockwork(config("PT1H"), fleet, round, planner, () -> NOW);
        clockwork.start(new StartupEvent());
        try {
            await().until(() -> round.last().isPresent());

            planner.plan(dueNow(fleet), NOW);

            await().untilAsserted(
                            () -> assertThat(ledger.jobs()).singleElement().matches(job -> job.isOut()));
            assertThat(bus.all(Job.class)).hasSize(1);
        } finally {
            clockwork.stop(new ShutdownEvent());
        }
    }

    /** A thread that ended would be missed by nobody. */
    @Test
    void it_looks_again_after_an_error() throws Exception {
        var fleet = Fleets.twenty(folder);
        var planner = new Planner(fleet, ledger, bus, Duration.ofMinutes(15), Together.oneAfterTheOther());
        var round = round(fleet, planner);
        var deep = new AtomicBoolean(true);
        var clockwork = new Clockwork(config("PT0.01S"), fleet, round, planner, () -> {
            if (round.last().isEmpty()
                    && Thread.currentThread().getName().equals("clockwork")
                    && deep.getAndSet(false)) {
                throw new StackOverflowError();
            }
            return NOW;
        });
        clockwork.start(new StartupEvent());
        try {
            await().until(() -> round.last().isPresent());
            assertThat(deep).isFalse();
        } finally {
            clockwork.stop(new ShutdownEvent());
        }
    }

    private static Job dueNow(Fleet fleet) {
        var night = new NightId("2026-04-17");
        SnapshotEvent.Ready ready = Samples.ready("daedalus", night, NOW, NOW);
        return Jobs.backup(fleet.backup(APP).orElseThrow(), night, NOW, ready.source());
    }

    private Round round(Fleet fleet, Planner planner) {
        var alarms = new Alarms(ledger, bus);
        var overdue = new Overdue(fleet, ledger, alarms, Together.oneAfterTheOther());
        var ends = new Ends(fleet, ledger, bus, planner, overdue);
        return new Round(
                ledger,
                new Nights(fleet, ledger, bus, Duration.ofMinutes(1), new Installation(ledger, Optional.empty())),
                planner,
                new Releaser(ledger, bus, Together.oneAfterTheOther()),
                ends,
                new Overtaken(fleet, ledger, bus, ends),
                new Untaken(fleet, ledger, alarms, Duration.ofHours(1)),
                overdue,
                new OffAlarms(fleet, alarms));
    }

    private static SchedulerConfig config(String tick) {
        var values = Map.of("nightshift.fleet", "/f.yaml", "nightshift.scheduler.tick", tick);
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .withMapping(SchedulerConfig.class)
                .build()
                .getConfigMapping(SchedulerConfig.class);
    }
}
