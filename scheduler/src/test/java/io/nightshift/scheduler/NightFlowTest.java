package io.nightshift.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Target;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.BackupRequest;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.event.StartNight;
import io.nightshift.contract.event.Window;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.scheduler.alarm.Alarms;
import io.nightshift.scheduler.ledger.Ledger;
import io.nightshift.scheduler.ledger.Ledger.HostState;
import io.nightshift.scheduler.ledger.MemoryLedger;
import io.nightshift.scheduler.night.Installation;
import io.nightshift.scheduler.night.Nights;
import io.nightshift.scheduler.overdue.Overdue;
import io.nightshift.scheduler.plan.Planner;
import io.nightshift.scheduler.release.Ends;
import io.nightshift.scheduler.release.Overtaken;
import io.nightshift.scheduler.release.Releaser;
import io.nightshift.scheduler.request.Requests;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night through all its rules, with a set time; the slot is 02:00 in Sydney, 16:00 UTC the day before. */
class NightFlowTest {
    private static final Instant SLOT = Instant.parse("2026-04-16T16:00:00Z");
    private static final NightId NIGHT = new NightId("2026-04-17");
    private static final Duration LIMIT = Duration.ofMinutes(15);

    @TempDir
    Path dir;

    private final Ledger ledger = new MemoryLedger();
    private final RecordingBus bus = new RecordingBus();
    private Fleet fleet;
    private Nights nights;
    private Planner planner;
    private Releaser releaser;
    private Ends ends;
    private Overtaken overtaken;
    private Requests requests;

    @BeforeEach
    void wire() throws IOException {
        fleet = Fleets.twenty(dir);
        restart();
    }

    private void restart() {
        nights = new Nights(fleet, ledger, bus, Duration.ofMinutes(1), new Installation(ledger, Optional.empty()));
        planner = new Planner(fleet, ledger, bus, LIMIT, Together.oneAfterTheOther());
        releaser = new Releaser(ledger, bus, Together.oneAfterTheOther());
        ends = new Ends(
                fleet,
                ledger,
                bus,
                planner,
                new Overdue(fleet, ledger, new Alarms(ledger, bus), Together.oneAfterTheOther()));
        overtaken = new Overtaken(fleet, ledger, bus, ends);
        requests = new Requests(fleet, bus, planner, nights);
    }

    @Test
    void a_night_begins_once_at_its_slot_however_often_the_clock_is_looked_at_and_the_scheduler_restarts() {
        nights.look(SLOT.minusSeconds(60));
        nights.look(SLOT);
        nights.look(SLOT.plusSeconds(1));
        restart();
        nights.look(SLOT.plusSeconds(2));
        nights.look(SLOT.minusSeconds(3600));

        assertThat(bus.all(StartNight.class)).singleElement().satisfies(start -> {
            assertThat(start.night()).contains(NIGHT);
            assertThat(start.slot()).contains(SLOT);
            assertThat(start.window()).contains(new Window(SLOT.plusSeconds(300), SLOT.plusSeconds(7500)));
            assertThat(start.hosts()).containsExactly("daedalus");
        });
    }

    @Test
    void a_fresh_installation_has_missed_nothing() {
        nights.look(SLOT.plusSeconds(3600));

        assertThat(bus.all(StartNight.class)).isEmpty();
    }

    @Test
    void after_downtime_only_the_newest_night_is_caught_up_with_its_window_shifted() {
        nights.look(SLOT.minus(Duration.ofDays(4)).minusSeconds(1));
        var back = SLOT.plus(Duration.ofHours(6));

        nights.look(back);
        nights.look(back.plusSeconds(1));

        assertThat(bus.all(StartNight.class)).singleElement().satisfies(start -> {
            assertThat(start.night()).contains(NIGHT);
            assertThat(start.slot()).contains(SLOT);
            assertThat(start.window()).contains(new Window(back.plusSeconds(300), back.plusSeconds(7500)));
        });
    }

    @Test
    void jobs_are_planned_once_and_released_when_they_are_due_across_a_restart() {
        beginAndAnnounce();
        planner.ready(ledger.night(NIGHT).orElseThrow(), ready(), SLOT.plusSeconds(10));

        assertThat(ledger.jobs()).hasSize(40);
        releaser.look(SLOT.plusSeconds(299));
        assertThat(bus.all(Job.class)).isEmpty();
        releaser.look(SLOT.plusSeconds(3600));
        int half = bus.all(Job.class).size();
        assertThat(half).isBetween(5, 35);
        restart();
        releaser.look(SLOT.plusSeconds(3601));
        releaser.look(SLOT.plusSeconds(7500));
        assertThat(bus.all(Job.class)).hasSize(40).extracting(Job::id).doesNotHaveDuplicates();
        assertThat(bus.all(Job.class))
                .allSatisfy(job -> assertThat(job.due()).isBetween(SLOT.plusSeconds(300), SLOT.plusSeconds(7500)));
    }

    @Test
    void a_snapshot_from_before_the_slot_fails_every_job_of_the_host() {
        nights.look(SLOT.minusSeconds(1));
        nights.look(SLOT);

        planner.ready(
                ledger.night(NIGHT).orElseThrow(),
                Samples.ready("daedalus", NIGHT, SLOT, SLOT.minusSeconds(1)),
                SLOT.plusSeconds(5));

        assertThat(bus.all(JobStatus.Failed.class))
                .hasSize(40)
                .allSatisfy(failed -> assertThat(failed.failure().cause()).isEqualTo(Cause.SNAPSHOT_FAILED));
        assertThat(ledger.jobs()).isEmpty();
    }

    @Test
    void a_host_that_announces_nothing_fails_once_after_the_limit() {
        nights.look(SLOT.minusSeconds(1));
        nights.look(SLOT);

        planner.giveUpOnSilentHosts(SLOT.plus(LIMIT));
        assertThat(bus.all(JobStatus.Failed.class)).isEmpty();
        planner.giveUpOnSilentHosts(SLOT.plus(LIMIT).plusSeconds(1));
        planner.giveUpOnSilentHosts(SLOT.plus(LIMIT).plusSeconds(2));

        assertThat(bus.all(JobStatus.Failed.class)).hasSize(40);
        assertThat(ledger.hostState(NIGHT, "daedalus")).contains(HostState.FAILED);
    }

    /** The scheduler, or NATS, was away when it came. */
    @Test
    void a_host_whose_announcement_is_there_and_was_only_not_read_is_not_silent() {
        nights.look(SLOT);
        bus.announce(Samples.ready("daedalus", NIGHT, SLOT, SLOT));
        planner.giveUpOnSilentHosts(SLOT.plus(LIMIT).plusSeconds(1));

        assertThat(bus.all(JobStatus.Failed.class)).isEmpty();
        assertThat(bus.all(JobStatus.Queued.class)).hasSize(40);
        assertThat(ledger.hostState(NIGHT, "daedalus")).contains(HostState.PLANNED);
    }

    @Test
    void the_announcement_of_another_night_does_not_help_a_silent_host() {
        nights.look(SLOT);
        bus.announce(Samples.ready("daedalus", new NightId("2026-04-16"), SLOT, SLOT));
        planner.giveUpOnSilentHosts(SLOT.plus(LIMIT).plusSeconds(1));

        assertThat(bus.all(JobStatus.Failed.class)).hasSize(40);
    }

    @Test
    void the_snapshot_is_let_go_when_the_last_job_has_ended_and_not_before() {
        beginAndAnnounce();
        var end = SLOT.plusSeconds(8000);
        releaser.look(end);
        var jobs = bus.all(Job.Backup.class);

        jobs.stream().skip(1).forEach(job -> ends.heard(Samples.succeeded(job.id(), end), end));
        ends.look(end);
        assertThat(bus.all(SnapshotEvent.Release.class)).isEmpty();
        ends.heard(Samples.succeeded(jobs.get(0).id(), end), end);
        ends.look(end);
        ends.look(end);

        assertThat(bus.all(SnapshotEvent.Release.class))
                .singleElement()
                .satisfies(release -> assertThat(release.night()).isEqualTo(NIGHT));
    }

    @Test
    void upkeep_follows_a_clean_backup_one_job_of_a_repository_at_a_time_forget_first() {
        beginAndAnnounce();
        var end = SLOT.plusSeconds(8000);
        releaser.look(end);

        bus.all(Job.Backup.class).forEach(job -> ends.heard(Samples.succeeded(job.id(), end), end));
        releaser.look(end.plusSeconds(10));

        var forgets = bus.all(Job.Forget.class);
        // One night in seven for each of forty.
        assertThat(forgets).hasSizeBetween(1, 15);
        assertThat(bus.all(Job.Check.class)).isEmpty();
        forgets.forEach(job -> ends.heard(Samples.succeeded(job.id(), end), end));
        releaser.look(end.plusSeconds(11));
        var checks = bus.all(Job.Check.class);
        assertThat(checks).hasSameSizeAs(forgets);
        assertThat(bus.all(Job.RestoreTest.class)).isEmpty();
        checks.forEach(job -> ends.heard(Samples.succeeded(job.id(), end), end));
        releaser.look(end.plusSeconds(12));
        // One night in 28, of those that have a weekly one.
        assertThat(bus.all(Job.RestoreTest.class))
                .hasSizeBetween(1, 8)
                .allSatisfy(job -> assertThat(job.maxBytes()).isEqualTo(1L << 30))
                .extracting(job -> job.id().target())
                .isSubsetOf(checks.stream().map(job -> job.id().target()).toList());
    }

    @Test
    void no_upkeep_follows_a_backup_that_failed() {
        beginAndAnnounce();
        var end = SLOT.plusSeconds(8000);
        releaser.look(end);

        bus.all(Job.Backup.class)
                .forEach(job -> ends.heard(
                        new JobStatus.Failed(
                                job.id(), end, 1, io.nightshift.contract.event.Failure.of(Cause.OTHER, "m", "a")),
                        end));
        releaser.look(end.plusSeconds(10));

        assertThat(bus.all(Job.class)).hasSize(40);
    }

    @Test
    void a_job_that_still_waits_when_the_next_night_is_planned_is_skipped_and_said() {
        beginAndAnnounce();
        var next = SLOT.plus(Duration.ofDays(1));
        var nextNight = new NightId("2026-04-18");

        nights.look(next);
        planner.ready(
                ledger.night(nextNight).orElseThrow(),
                Samples.ready("daedalus", nextNight, next, next),
                next.plusSeconds(1));
        overtaken.look(next.plusSeconds(2));

        assertThat(bus.all(JobStatus.Skipped.class)).hasSize(40);
        releaser.look(next.plusSeconds(8000));
        assertThat(bus.all(Job.class))
                .hasSize(40)
                .allSatisfy(job -> assertThat(job.id().night()).isEqualTo(nextNight));
    }

    @Test
    void a_request_is_done_at_once_from_the_newest_snapshot_and_twice_is_once() {
        bus.announce(ready());
        var published = SLOT.plusSeconds(60 * 60 * 8);

        request("backup.request.daedalus.app07.local", Optional.empty(), published);
        request("backup.request.daedalus.app07.local", Optional.empty(), published);
        releaser.look(published.plusSeconds(1));

        assertThat(bus.all(Job.Backup.class)).singleElement().satisfies(job -> {
            assertThat(job.id()).isEqualTo(JobId.parse("2026-04-17T100000.000/daedalus/app07/local"));
            assertThat(job.source().night()).isEqualTo(NIGHT);
        });
    }

    @Test
    void a_request_for_a_fresh_snapshot_begins_a_night_for_what_was_asked_for_alone() {
        bus.announce(ready());
        var published = SLOT.plusSeconds(60 * 60 * 8);
        var night = new NightId("2026-04-17T100000.000");

        request("backup.request.daedalus.app07.all", Optional.of(BackupRequest.Snapshot.FRESH), published);
        planner.ready(
                ledger.night(night).orElseThrow(), Samples.ready("daedalus", night, published, published), published);
        releaser.look(published.plusSeconds(1));

        assertThat(bus.all(StartNight.class)).singleElement().satisfies(start -> {
            assertThat(start.night()).contains(night);
            assertThat(start.hosts()).containsExactly("daedalus");
        });
        assertThat(bus.all(Job.Backup.class))
                .extracting(job -> job.id().target())
                .containsExactly(Target.parse("daedalus/app07/local"), Target.parse("daedalus/app07/remote"));
    }

    @Test
    void a_request_before_the_first_night_takes_a_snapshot_rather_than_nothing() {
        request("backup.request.all.all.all", Optional.empty(), SLOT);

        assertThat(bus.all(StartNight.class)).hasSize(1);
        assertThat(ledger.nights())
                .singleElement()
                .satisfies(night -> assertThat(night.wanted()).hasSize(40));
    }

    @Test
    void a_check_can_be_asked_for() {
        requests.handle(
                "backup.request.daedalus.app07.local",
                new BackupRequest(Optional.empty(), Optional.of(Work.CHECK)),
                SLOT,
                SLOT);
        releaser.look(SLOT.plusSeconds(1));

        assertThat(bus.all(Job.Check.class)).hasSize(1);
    }

    @Test
    void a_night_by_hand_is_planned_at_once() {
        nights.heard(StartNight.now(), SLOT.plusSeconds(3600), SLOT.plusSeconds(3601));
        var night = new NightId("2026-04-17T030000.000");
        var at = SLOT.plusSeconds(3602);

        planner.ready(ledger.night(night).orElseThrow(), Samples.ready("daedalus", night, at, at), at);
        releaser.look(at);

        assertThat(bus.all(Job.Backup.class)).hasSize(40);
    }

    private void beginAndAnnounce() {
        nights.look(SLOT.minusSeconds(1));
        nights.look(SLOT);
        planner.ready(ledger.night(NIGHT).orElseThrow(), ready(), SLOT.plusSeconds(5));
    }

    private static SnapshotEvent.Ready ready() {
        return Samples.ready("daedalus", NIGHT, SLOT, SLOT.plusSeconds(2));
    }

    private void request(String subject, Optional<BackupRequest.Snapshot> snapshot, Instant published) {
        requests.handle(subject, new BackupRequest(snapshot, Optional.empty()), published, published.plusMillis(5));
    }
}
