package io.nightshift.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.NightId;
import io.nightshift.contract.event.Alert;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.event.StartNight;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.scheduler.ledger.JobEntry;
import io.nightshift.scheduler.ledger.Ledger;
import io.nightshift.scheduler.ledger.MemoryLedger;
import io.nightshift.scheduler.plan.Jobs;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nights through the whole scheduler, which dies at each step in turn, loses its store, or has a clock that jumps. */
class FaultTest {
    private static final Instant SLOT = Instant.parse("2026-04-16T16:00:00Z");
    private static final NightId NIGHT = new NightId("2026-04-17");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration STEP = Duration.ofMinutes(30);

    @TempDir
    Path dir;

    private Fleet fleet;

    @BeforeEach
    void readFleet() throws IOException {
        var service = "        app%d: { paths: [/persist/app%d], upkeep: { forget: nightly, check: nightly } }\n";
        fleet = Fleets.of(
                dir,
                Fleets.destination("local", ""),
                "    daedalus:\n      datasets: [rpool/persist]\n      services:\n" + service.formatted(1, 1)
                        + service.formatted(2, 2) + "        app3: { paths: [/persist/app3], enabled: false }\n");
    }

    @Test
    void a_death_at_any_step_between_ledger_and_bus_changes_nothing_that_anybody_sees() {
        var undisturbed = new Run(Integer.MAX_VALUE);
        undisturbed.twoNights();
        assertThat(undisturbed.seen).hasSizeGreaterThan(25);

        for (int step = 1; step <= undisturbed.steps; step++) {
            var run = new Run(step);
            run.twoNights();
            assertThat(run.died).as("step %d", step).isTrue();
            assertThat(run.seen).as("death at step %d", step).isEqualTo(undisturbed.seen);
            assertThat(run.ledger.jobs()).as("death at step %d", step).isEmpty();
        }
    }

    @Test
    void a_clock_that_jumps_an_hour_back_or_forth_begins_each_night_once_and_releases_each_job_once() {
        var run = new Run(Integer.MAX_VALUE);
        run.look(SLOT.minusSeconds(1));
        for (var jump : List.of(0, 3600, 0, -3600, 0, 7200)) {
            run.look(SLOT.plusSeconds(jump));
            run.answer(SLOT.plusSeconds(Math.max(jump, 0)));
        }

        assertThat(run.bus.all(StartNight.class)).extracting(StartNight::night).containsExactly(Optional.of(NIGHT));
        assertThat(run.bus.all(Job.Backup.class)).extracting(Job::id).doesNotHaveDuplicates();
    }

    @Test
    void a_machine_that_sleeps_through_the_slot_catches_up_when_it_wakes() {
        var run = new Run(Integer.MAX_VALUE);
        run.look(SLOT.minusSeconds(1));
        var awake = SLOT.plus(Duration.ofHours(5));
        run.look(awake);
        run.answer(awake);
        run.look(awake.plus(Duration.ofMinutes(126)));

        assertThat(run.bus.all(Job.Backup.class))
                .hasSize(2)
                .allSatisfy(job -> assertThat(job.due()).isAfter(awake));
    }

    @Test
    void a_lost_store_is_no_first_installation_where_the_state_directory_knows_better() {
        var state = Optional.of(dir.resolve("zustand"));
        var bus = new RecordingBus();
        var first = new TestScheduler(fleet, new MemoryLedger(), bus, state);
        first.look(SLOT.minusSeconds(1));
        first.look(SLOT);
        var lost = SLOT.plus(Duration.ofHours(3));

        new TestScheduler(fleet, new MemoryLedger(), bus, state).look(lost);
        new TestScheduler(fleet, new MemoryLedger(), bus, Optional.of(dir.resolve("neu"))).look(lost);

        assertThat(bus.all(StartNight.class))
                .extracting(StartNight::night)
                .containsExactly(Optional.of(NIGHT), Optional.of(NIGHT));
    }

    @Test
    void states_that_come_twice_late_and_out_of_order_leave_one_end() {
        var run = new Run(Integer.MAX_VALUE);
        run.look(SLOT.minusSeconds(1));
        run.look(SLOT);
        run.answer(SLOT);
        var end = SLOT.plusSeconds(8000);
        run.look(end);
        var job = run.bus.all(Job.Backup.class).get(0).id();
        run.scheduler.hear(Samples.succeeded(job, end), end);
        run.scheduler.hear(new JobStatus.Running(job, SLOT, 1, "w"), end.plusSeconds(1));
        run.scheduler.hear(Samples.succeeded(job, end), end.plusSeconds(2));
        run.scheduler.hear(new JobStatus.Queued(job, SLOT, 0, SLOT, Optional.empty()), end.plusSeconds(3));

        assertThat(run.ledger.ended(job))
                .hasValueSatisfying(ended -> assertThat(ended.state()).isEqualTo("succeeded"));
        assertThat(run.ledger.job(job)).isEmpty();
    }

    @Test
    void a_failed_announcement_after_the_jobs_were_planned_changes_nothing() {
        var run = new Run(Integer.MAX_VALUE);
        run.look(SLOT.minusSeconds(1));
        run.look(SLOT);
        run.answer(SLOT);

        run.scheduler.planner.fail(run.ledger.night(NIGHT).orElseThrow(), "daedalus", "late", "", SLOT.plusSeconds(9));

        assertThat(run.bus.all(JobStatus.Failed.class)).isEmpty();
        assertThat(run.ledger.jobs()).hasSize(2);
    }

    @Test
    void thirty_thousand_jobs_are_looked_at_in_no_time_and_forgotten_after_a_month() {
        var ledger = new MemoryLedger();
        var job = new Run(Integer.MAX_VALUE);
        job.look(SLOT.minusSeconds(1));
        job.look(SLOT);
        job.answer(SLOT);
        var one = job.ledger.jobs().iterator().next();
        for (int night = 0; night < 30_000; night++) {
            var at = NightId.manual(SLOT.plusMillis(night), fleet.schedule().zone());
            var backup =
                    Jobs.backup(fleet.backup(one.target()).orElseThrow(), at, SLOT, ((Job.Backup) one.job()).source());
            ledger.putJob(JobEntry.planned(backup).ended("succeeded"));
        }
        assertThat(ledger.jobs()).isEmpty();
        assertThat(ledger.ended()).hasSize(30_000);

        ledger.shrink(SLOT.plus(Duration.ofDays(40)));
        assertThat(ledger.ended()).isEmpty();
    }

    /** A scheduler with a host and workers that answer; at one step it dies, and a new one goes on with what was kept. */
    private final class Run {
        private final Ledger ledger = new MemoryLedger();
        private final RecordingBus bus = new RecordingBus();
        private final Set<Object> answered = new HashSet<>();
        private final Set<String> seen = new TreeSet<>();
        private final int deadly;
        private int steps;
        private boolean died;
        private TestScheduler scheduler;

        Run(int deadly) {
            this.deadly = deadly;
            scheduler = new TestScheduler(fleet, dying(Ledger.class, ledger), dying(Bus.class, bus));
        }

        void twoNights() {
            look(SLOT.minusSeconds(1));
            look(SLOT.minusSeconds(1));
            for (var now = SLOT; now.isBefore(SLOT.plus(DAY.multipliedBy(2)).minus(STEP)); now = now.plus(STEP)) {
                look(now);
                answer(now);
                // What a death left undone is done at the next tick, not half an hour later.
                look(now);
                answer(now);
                look(now);
            }
            bus.all(StartNight.class).forEach(start -> seen.add("night " + start.night()));
            bus.all(Job.class).forEach(job -> seen.add("job " + job.id() + " " + job.due()));
            bus.all(JobStatus.class).forEach(status -> seen.add(status.state() + " " + status.job()));
            bus.all(SnapshotEvent.Release.class).forEach(release -> seen.add("release " + release.night()));
            bus.all(Alert.class).forEach(alert -> seen.add("alert " + alert));
        }

        void look(Instant now) {
            attempt(() -> scheduler.look(now));
        }

        /** The host has its ZFS snapshot, and each job succeeds; what dies on hearing it hears it again. */
        void answer(Instant now) {
            for (var start : bus.all(StartNight.class)) {
                var night = start.night().orElseThrow();
                deliver(
                        "ready " + night,
                        () -> scheduler.ready(night, start.slot().orElseThrow(), now));
            }
            for (var job : bus.all(Job.class)) {
                deliver(job.id(), () -> scheduler.hear(Samples.succeeded(job.id(), now), now));
            }
        }

        private void deliver(Object what, Runnable message) {
            while (answered.add(what) && !attempt(message)) {
                answered.remove(what);
            }
        }

        private boolean attempt(Runnable action) {
            try {
                action.run();
                return true;
            } catch (Death e) {
                scheduler = new TestScheduler(fleet, dying(Ledger.class, ledger), dying(Bus.class, bus));
                return false;
            }
        }

        /** Dies once, before the step is done; the step before it is then one that was done and never heard of. */
        private <T> T dying(Class<T> type, T real) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (p, method, args) -> {
                boolean changes = method.getName().matches("(add|put|remove|publish|decide).*");
                if (changes && ++steps == deadly) {
                    died = true;
                    throw new Death();
                }
                try {
                    return method.invoke(real, args);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            }));
        }
    }

    /** An error, for a round goes on after the exception of one of its steps. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1;
    }
}
