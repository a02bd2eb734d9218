package io.nightshift.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Target;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.Alert;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.scheduler.ledger.Freshness;
import io.nightshift.scheduler.ledger.Ledger;
import io.nightshift.scheduler.ledger.MemoryLedger;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nobody has to look for: overdue, not taken, switched off. One service, two destinations, a set time. */
class AlarmTest {
    private static final Instant SLOT = Instant.parse("2026-04-16T16:00:00Z");
    private static final NightId NIGHT = new NightId("2026-04-17");
    private static final NightId NEXT = new NightId("2026-04-18");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Instant WINDOW_END = SLOT.plusSeconds(125 * 60);
    private static final Instant MORNING = SLOT.plus(Duration.ofHours(8));
    /** A day, the window, and four hours after the ZFS snapshot. */
    private static final Instant OVERDUE = SLOT.plus(Duration.ofMinutes(24 * 60 + 125 + 240));

    @TempDir
    Path dir;

    private final MemoryLedger ledger = new MemoryLedger();
    private final RecordingBus bus = new RecordingBus();
    private Fleet fleet;
    private TestScheduler scheduler;

    @BeforeEach
    void start() throws IOException {
        use("app: { paths: [/persist/app] }");
    }

    private void use(String service) throws IOException {
        fleet = Fleets.of(
                dir,
                Fleets.destination("local", "") + Fleets.destination("remote", ""),
                "    daedalus:\n      datasets: [rpool/persist]\n      services:\n        " + service + "\n");
        scheduler = new TestScheduler(fleet, ledger, bus);
    }

    @Test
    void what_never_ran_is_overdue_once_said_again_each_day_and_over_with_a_good_backup() throws IOException {
        aGoodNight();
        scheduler.look(OVERDUE.minusSeconds(1));
        assertThat(alerts(Alert.OVERDUE)).isEmpty();

        scheduler.look(OVERDUE.plusSeconds(60));
        use("app: { paths: [/persist/app] }");
        scheduler.look(OVERDUE.plusSeconds(120));
        scheduler.look(OVERDUE.plus(Duration.ofHours(23)));
        assertThat(alerts(Alert.OVERDUE))
                .extracting(Alert::about)
                .containsExactly("daedalus/app/local", "daedalus/app/remote");
        assertThat(alerts(Alert.OVERDUE)).allSatisfy(alert -> {
            assertThat(alert.cause()).isEmpty();
            assertThat(alert.message()).contains("no good backup since " + SLOT, "of night 2026-04-17");
        });
        scheduler.look(OVERDUE.plus(DAY));
        assertThat(alerts(Alert.OVERDUE)).hasSize(4);

        var good = new JobId(NEXT, Target.parse("daedalus/app/local"), Work.BACKUP);
        scheduler.hear(Samples.succeeded(good, OVERDUE.plus(DAY)), OVERDUE.plus(DAY));
        scheduler.look(OVERDUE.plus(DAY).plusSeconds(60));
        assertThat(over(Alert.OVERDUE)).extracting(Alert::about).containsExactly("daedalus/app/local");
    }

    @Test
    void a_new_service_is_not_overdue_at_once_and_one_that_was_switched_off_for_long_neither() throws IOException {
        scheduler.look(SLOT);
        scheduler.look(SLOT.plus(Duration.ofHours(30)));
        assertThat(alerts(Alert.OVERDUE)).isEmpty();

        use("app: { paths: [/persist/app], enabled: false }");
        scheduler.look(SLOT.plus(Duration.ofDays(60)));
        assertThat(alerts(Alert.OVERDUE)).isEmpty();

        use("app: { paths: [/persist/app] }");
        scheduler.look(SLOT.plus(Duration.ofDays(61)));
        assertThat(alerts(Alert.OVERDUE)).isEmpty();
        scheduler.look(SLOT.plus(Duration.ofDays(63)));
        assertThat(alerts(Alert.OVERDUE)).hasSize(2);
    }

    @Test
    void what_fails_each_night_says_so_itself_and_its_alert_names_the_cause() {
        aGoodNight();
        var next = SLOT.plus(DAY).plusSeconds(8000);
        for (var destination : List.of("local", "remote")) {
            var job = JobId.parse("2026-04-18/daedalus/app/" + destination);
            scheduler.hear(
                    new JobStatus.Failed(job, next, 1, Failure.of(Cause.DESTINATION_FULL, "full", "free some")), next);
        }

        scheduler.look(OVERDUE.plusSeconds(60));

        assertThat(alerts(Alert.OVERDUE))
                .hasSize(2)
                .allSatisfy(alert -> assertThat(alert.cause()).contains(Cause.DESTINATION_FULL));
        // Then silence: now nobody but the scheduler can say it.
        scheduler.look(next.plus(Duration.ofHours(31)));
        assertThat(alerts(Alert.OVERDUE)).hasSize(4);
        assertThat(alerts(Alert.OVERDUE).get(3).cause()).isEmpty();
    }

    @Test
    void upkeep_that_has_not_run_for_two_turns_is_overdue() {
        scheduler.look(SLOT);
        scheduler.look(SLOT.plus(Duration.ofDays(14)).plus(Duration.ofHours(30)));
        assertThat(alerts(Alert.OVERDUE)).extracting(Alert::about).doesNotContain("daedalus/app/local/check");

        scheduler.look(SLOT.plus(Duration.ofDays(14)).plus(Duration.ofHours(31)));

        assertThat(alerts(Alert.OVERDUE))
                .extracting(Alert::about)
                .contains("daedalus/app/local/check", "daedalus/app/remote/forget")
                .doesNotContain("daedalus/app/local/restore-test");

        scheduler.look(SLOT.plus(Duration.ofDays(56)).plus(Duration.ofHours(31)));

        assertThat(alerts(Alert.OVERDUE)).extracting(Alert::about).contains("daedalus/app/local/restore-test");
    }

    @Test
    void of_upkeep_nothing_is_noted_until_it_ends_and_then_it_is_known_for_as_long_as_its_backup() {
        scheduler.look(SLOT);
        var target = Target.parse("daedalus/app/local");
        assertThat(ledger.freshness(target, Work.BACKUP)).isPresent();
        assertThat(ledger.freshness(target, Work.CHECK)).isEmpty();

        var late = SLOT.plus(Duration.ofDays(14));
        var check = new JobId(NEXT, target, Work.CHECK);
        scheduler.hear(new JobStatus.Failed(check, late, 1, Failure.of(Cause.OTHER, "no", "")), late);
        scheduler.look(late.plus(Duration.ofHours(31)));

        assertThat(alerts(Alert.OVERDUE)).extracting(Alert::about).contains("daedalus/app/local/check");
        assertThat(ledger.freshness(target, Work.CHECK))
                .hasValueSatisfying(noted -> assertThat(noted.since()).isEqualTo(SLOT));
    }

    @Test
    void an_end_of_a_clock_that_is_years_ahead_keeps_nothing_fresh() {
        scheduler.look(SLOT);
        var job = JobId.parse("2026-04-17T030000.000/daedalus/app/local");
        scheduler.hear(Samples.succeeded(job, SLOT.plus(Duration.ofDays(20_000))), SLOT);
        scheduler.look(SLOT.plus(Duration.ofDays(3)));

        assertThat(alerts(Alert.OVERDUE)).extracting(Alert::about).contains("daedalus/app/local");
    }

    @Test
    void one_step_that_fails_keeps_no_other_from_being_made() {
        var broken = (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, args) -> {
                    if (method.getName().equals("jobs")) {
                        throw new IllegalStateException("not a JobEntry");
                    }
                    return method.invoke(ledger, args);
                });
        var hindered = new TestScheduler(fleet, broken, bus);
        assertThatThrownBy(() -> hindered.look(SLOT)).hasMessage("not a JobEntry");
        assertThatThrownBy(() -> hindered.look(SLOT.plus(Duration.ofDays(3)))).hasMessage("not a JobEntry");

        assertThat(alerts(Alert.OVERDUE)).extracting(Alert::about).contains("daedalus/app/local");
    }

    @Test
    void upkeep_that_an_update_has_brought_is_not_overdue_by_what_lies_before() {
        var target = Target.parse("daedalus/app/local");
        ledger.putFreshness(Freshness.firstSeen(target, Work.BACKUP, SLOT.minus(Duration.ofDays(200))));
        scheduler.look(SLOT);
        scheduler.look(SLOT.plus(Duration.ofDays(56)));
        assertThat(alerts(Alert.OVERDUE)).extracting(Alert::about).doesNotContain("daedalus/app/local/restore-test");

        scheduler.look(SLOT.plus(Duration.ofDays(56)).plus(Duration.ofHours(31)));

        assertThat(alerts(Alert.OVERDUE)).extracting(Alert::about).contains("daedalus/app/local/restore-test");
    }

    @Test
    void upkeep_that_was_switched_off_with_its_backup_is_not_overdue_when_both_are_on_again() throws IOException {
        use("app: { paths: [/persist/app], enabled: false }");
        scheduler.look(SLOT);
        use("app: { paths: [/persist/app] }");
        scheduler.look(SLOT.plus(Duration.ofDays(60)));
        scheduler.look(SLOT.plus(Duration.ofDays(61)));

        assertThat(alerts(Alert.OVERDUE)).isEmpty();
    }

    @Test
    void an_older_or_repeated_end_changes_nothing() {
        aGoodNight();
        var before = ledger.freshness(Target.parse("daedalus/app/local"), Work.BACKUP);
        var old = JobId.parse("2026-04-16/daedalus/app/local");

        scheduler.hear(Samples.succeeded(old, SLOT.minus(DAY)), MORNING);
        scheduler.hear(new JobStatus.Failed(old, SLOT.minus(DAY), 1, Failure.of(Cause.OTHER, "late", "")), MORNING);
        scheduler.hear(Samples.succeeded(JobId.parse("2026-04-17/daedalus/app/local"), MORNING), MORNING);

        assertThat(ledger.freshness(Target.parse("daedalus/app/local"), Work.BACKUP))
                .isEqualTo(before);
    }

    @Test
    void jobs_that_no_worker_takes_raise_one_alert_for_a_host_and_destination_and_end_with_the_next_night() {
        plan(NIGHT, SLOT);
        look(SLOT, WINDOW_END.plus(Duration.ofHours(2)));
        assertThat(alerts(Alert.WAITING))
                .extracting(Alert::about)
                .containsExactlyInAnyOrder("daedalus/local", "daedalus/remote");

        var next = SLOT.plus(DAY);
        plan(NEXT, next);
        scheduler.look(next.plusSeconds(10));

        assertThat(bus.all(JobStatus.Skipped.class))
                .hasSize(2)
                .allSatisfy(end -> assertThat(end.failure().cause()).isEqualTo(Cause.SUPERSEDED));
        look(next, next.plusSeconds(125 * 60));
        assertThat(bus.all(Job.class))
                .filteredOn(job -> job.id().night().equals(NEXT))
                .hasSize(2);
        assertThat(over(Alert.WAITING)).isEmpty();
        scheduler.hear(running("2026-04-18/daedalus/app/local"), next.plusSeconds(8000));
        scheduler.look(next.plusSeconds(8060));
        assertThat(over(Alert.WAITING)).extracting(Alert::about).containsExactly("daedalus/local");
    }

    @Test
    void a_worker_that_has_ended_the_job_first_has_decided() {
        plan(NIGHT, SLOT);
        look(SLOT, WINDOW_END);
        var done = Samples.succeeded(JobId.parse("2026-04-17/daedalus/app/local"), WINDOW_END);
        ledger.decide(done);

        plan(NEXT, SLOT.plus(DAY));
        scheduler.look(SLOT.plus(DAY).plusSeconds(10));

        assertThat(bus.all(JobStatus.Succeeded.class)).containsExactly(done);
        assertThat(bus.all(JobStatus.Skipped.class)).hasSize(1);
    }

    @Test
    void a_run_that_lasts_until_the_next_night_and_longer_is_left_alone_and_the_next_one_waits_for_it() {
        plan(NIGHT, SLOT);
        look(SLOT, WINDOW_END);
        var begun = SLOT.plus(Duration.ofHours(22));
        scheduler.hear(running("2026-04-17/daedalus/app/local"), begun);
        var next = SLOT.plus(DAY);
        plan(NEXT, next);
        look(next, next.plusSeconds(126 * 60));

        assertThat(bus.all(JobStatus.Skipped.class))
                .extracting(JobStatus::job)
                .containsExactly(JobId.parse("2026-04-17/daedalus/app/remote"));
        assertThat(bus.all(Job.class)).extracting(Job::id).doesNotContain(JobId.parse("2026-04-18/daedalus/app/local"));
        var end = next.plus(Duration.ofHours(5));
        scheduler.hear(Samples.succeeded(JobId.parse("2026-04-17/daedalus/app/local"), end), end);
        scheduler.look(end.plusSeconds(1));
        assertThat(bus.all(Job.class)).extracting(Job::id).contains(JobId.parse("2026-04-18/daedalus/app/local"));
    }

    @Test
    void what_a_dead_worker_had_in_hand_holds_its_repository_back_no_longer_than_its_time_limit() {
        plan(NIGHT, SLOT);
        look(SLOT, WINDOW_END);
        scheduler.hear(running("2026-04-17/daedalus/app/local"), WINDOW_END);
        var next = SLOT.plus(DAY);
        plan(NEXT, next);

        look(next, next.plusSeconds(126 * 60));

        assertThat(bus.all(JobStatus.Skipped.class)).hasSize(2);
        assertThat(bus.all(Job.class)).extracting(Job::id).contains(JobId.parse("2026-04-18/daedalus/app/local"));
    }

    @Test
    void jobs_of_what_left_the_fleet_file_are_skipped() throws IOException {
        plan(NIGHT, SLOT);
        use("other: { paths: [/persist/other] }");

        scheduler.look(SLOT.plusSeconds(60));

        assertThat(bus.all(JobStatus.Skipped.class))
                .hasSize(2)
                .allSatisfy(end -> assertThat(end.failure().cause()).isEqualTo(Cause.CONFIGURATION));
        assertThat(ledger.jobs()).isEmpty();
    }

    @Test
    void what_is_switched_off_is_said_once_over_restarts_once_a_week_after_it_and_over_when_it_is_on_again()
            throws IOException {
        use("app: { paths: [/persist/app], enabled: false }");
        scheduler.look(SLOT);
        use("app: { paths: [/persist/app], enabled: false }");
        scheduler.look(SLOT.plus(Duration.ofDays(6)));
        assertThat(alerts(Alert.DISABLED)).hasSize(1);
        scheduler.look(SLOT.plus(Duration.ofDays(7)));
        assertThat(alerts(Alert.DISABLED)).hasSize(2);

        use("app: { paths: [/persist/app] }");
        scheduler.look(SLOT.plus(Duration.ofDays(8)));
        assertThat(over(Alert.DISABLED)).extracting(Alert::about).containsExactly("daedalus/app");
    }

    private void aGoodNight() {
        plan(NIGHT, SLOT);
        look(SLOT, WINDOW_END);
        bus.all(Job.Backup.class).forEach(job -> scheduler.hear(Samples.succeeded(job.id(), WINDOW_END), WINDOW_END));
    }

    private void plan(NightId night, Instant slot) {
        if (ledger.nights().isEmpty()) {
            scheduler.look(slot.minusSeconds(1));
        }
        scheduler.look(slot);
        scheduler.ready(night, slot, slot);
    }

    private void look(Instant from, Instant to) {
        for (var now = from; !now.isAfter(to); now = now.plusSeconds(600)) {
            scheduler.look(now);
        }
        scheduler.look(to);
    }

    private static JobStatus running(String job) {
        return new JobStatus.Running(JobId.parse(job), SLOT, 1, "w");
    }

    private List<Alert> alerts(String kind) {
        return bus.all(Alert.class).stream()
                .filter(alert -> alert.kind().equals(kind) && !alert.over())
                .toList();
    }

    private List<Alert> over(String kind) {
        return bus.all(Alert.class).stream()
                .filter(alert -> alert.kind().equals(kind) && alert.over())
                .toList();
    }
}
