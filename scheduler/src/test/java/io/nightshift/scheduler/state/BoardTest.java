package io.nightshift.scheduler.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Target;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.Alert;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.Progress;
import io.nightshift.contract.event.Rejected;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.ServiceBackup;
import io.nightshift.scheduler.Fleets;
import io.nightshift.scheduler.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the bus says, and what is made of it. */
class BoardTest {
    private static final Instant NOW = Instant.parse("2026-04-17T05:00:00Z");
    private static final Target APP = new Target("daedalus", "app01", "local");
    private static final String NIGHT = "2026-04-17";

    private Fleet fleet;
    private Board board;
    private Overview overview;

    @BeforeEach
    void begin(@TempDir Path folder) throws Exception {
        fleet = Fleets.twenty(folder);
        board = new Board(fleet);
        overview = new Overview(fleet, board, InstantSource.fixed(NOW));
    }

    private Health health() {
        return overview.target(APP).orElseThrow().health();
    }

    private static Instant ago(long hours) {
        return NOW.minusSeconds(hours * 3600);
    }

    @Test
    void what_nobody_has_heard_of_is_unknown_and_not_good() {
        assertThat(health()).isEqualTo(Health.UNKNOWN);
        assertThat(overview.verdict().safe()).isFalse();
        assertThat(overview.verdict().headline()).isEqualTo("40 not heard of yet, of 40 backups");
    }

    @Test
    void all_good_is_safe() {
        fleet.backups().forEach(backup -> board.heard(States.succeeded(backup.target(), NIGHT, ago(2))));

        assertThat(overview.verdict().safe()).isTrue();
        assertThat(overview.verdict().headline()).isEqualTo("All 40 backups are safe");
    }

    @Test
    void a_backup_that_may_not_come_back_is_suspect_until_a_test_has_brought_it_back() {
        board.heard(States.succeeded(APP, NIGHT, ago(3)));
        board.heard(States.restoreTestFailed(APP, NIGHT, ago(2), Cause.DESTINATION_UNREACHABLE));
        assertThat(health()).isEqualTo(Health.GOOD);

        board.heard(States.restoreTestFailed(APP, "2026-04-17T030000.000", ago(2), Cause.REPOSITORY_DAMAGED));
        board.heard(States.checked(APP, NIGHT, ago(1)));
        board.heard(States.succeeded(APP, NIGHT, ago(1)));
        assertThat(health()).isEqualTo(Health.SUSPECT);
        assertThat(overview.target(APP)
                        .orElseThrow()
                        .trouble()
                        .orElseThrow()
                        .job()
                        .work())
                .isEqualTo(Work.RESTORE_TEST);
        assertThat(overview.verdict().headline()).isEqualTo("1 suspect, 39 not heard of yet, of 40 backups");

        board.heard(States.restoreTestFailed(APP, "2026-04-17T040000.000", ago(1), Cause.DESTINATION_UNREACHABLE));
        assertThat(health()).as("nothing was found well").isEqualTo(Health.SUSPECT);

        board.heard(Samples.succeeded(new JobId(new NightId(NIGHT), APP, Work.RESTORE_TEST), NOW));
        assertThat(health()).isEqualTo(Health.GOOD);
        assertThat(overview.target(APP).orElseThrow().trouble()).isEmpty();
    }

    @Test
    void a_warning_is_enough_not_to_be_safe_until_it_is_over() {
        fleet.backups().forEach(backup -> board.heard(States.succeeded(backup.target(), NIGHT, ago(2))));
        board.heard(Alert.of(Alert.DISK, "daedalus", NOW, "pool rpool is 97 % full", "make room"));
        assertThat(overview.verdict().safe()).isFalse();
        assertThat(overview.verdict().headline()).isEqualTo("1 warning, of 40 backups");

        board.heard(Alert.ended(Alert.DISK, "daedalus", NOW, "room again"));
        assertThat(overview.verdict().safe()).isTrue();
    }

    @Test
    void overdue_beats_success() {
        board.heard(States.succeeded(APP, "2026-04-15", ago(37)));

        assertThat(health()).isEqualTo(Health.OVERDUE);
    }

    @Test
    void overdue_beats_failure_and_an_alert_says_it_too() {
        board.heard(States.failed(APP, NIGHT, ago(2)));
        assertThat(health()).isEqualTo(Health.FAILED);

        board.heard(Alert.of(Alert.OVERDUE, APP.toString(), NOW, "no good backup", ""));
        assertThat(health()).isEqualTo(Health.OVERDUE);
    }

    @Test
    void the_last_end_counts_and_the_last_good_one_is_remembered() {
        board.heard(States.succeeded(APP, "2026-04-16", ago(26)));
        board.heard(States.suspect(APP, NIGHT, ago(2)));

        var summary = overview.target(APP).orElseThrow();
        assertThat(summary.health()).isEqualTo(Health.SUSPECT);
        assertThat(summary.good().orElseThrow().at()).isEqualTo(ago(26));
        assertThat(summary.goodAgeSeconds()).hasValue(26 * 3600L);
        assertThat(summary.nights().get(12).mark()).isEqualTo(Mark.GOOD);
        assertThat(summary.nights().get(13).mark()).isEqualTo(Mark.SUSPECT);
    }

    @Test
    void a_skipped_night_is_nobodys_fault() {
        board.heard(States.succeeded(APP, "2026-04-16", ago(26)));
        board.heard(States.skipped(APP, NIGHT, ago(2)));

        assertThat(health()).isEqualTo(Health.GOOD);
        assertThat(overview.target(APP).orElseThrow().nights().get(13).mark()).isEqualTo(Mark.SKIPPED);
    }

    @Test
    void what_is_read_late_never_undoes_what_came_after() {
        board.heard(States.succeeded(APP, NIGHT, ago(2)));
        board.remembered(States.failed(APP, "2026-03-01", ago(1000)));
        board.remembered(States.succeeded(APP, "2026-02-01", ago(2000)));

        assertThat(health()).isEqualTo(Health.GOOD);
        assertThat(overview.target(APP).orElseThrow().good().orElseThrow().at()).isEqualTo(ago(2));
    }

    @Test
    void the_good_backup_of_long_ago_is_looked_up_once() {
        var asked = new ArrayList<Target>();
        var history = new History() {
            @Override
            public List<JobStatus> states(Target target, Work work) {
                asked.add(target);
                return target.equals(APP)
                        ? List.of(
                                States.failed(APP, "2026-03-10", ago(900)),
                                States.succeeded(APP, "2026-03-01", ago(1000)))
                        : List.of();
            }

            @Override
            public List<JobStatus> latest() {
                return List.of(States.checked(APP, "2026-03-10", ago(899)));
            }
        };
        var remembering = new Remembering(board, history);
        for (int i = 0; i < 10; i++) {
            remembering.look();
        }

        assertThat(health()).isEqualTo(Health.OVERDUE);
        assertThat(overview.target(APP).orElseThrow().good().orElseThrow().at()).isEqualTo(ago(1000));
        assertThat(overview.target(APP).orElseThrow().upkeep()).containsKey("check");
        assertThat(asked).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void a_job_is_followed_from_its_due_time_to_its_end() {
        board.heard(States.queued(APP, NIGHT, ago(2)));
        assertThat(doing().state()).isEqualTo("queued");

        board.heard(States.running(APP, NIGHT, ago(1)));
        board.heard(new Progress(States.job(APP, NIGHT), NOW, 42.5, 1, 2, 3, 4, 5, Optional.of(6L)));
        assertThat(doing().state()).isEqualTo("running");
        assertThat(doing().progress().orElseThrow().percent()).isEqualTo(42.5);

        board.heard(States.succeeded(APP, NIGHT, NOW));
        assertThat(overview.target(APP).orElseThrow().doing()).isEmpty();
    }

    @Test
    void progress_of_another_job_is_not_mixed_up() {
        board.heard(States.running(APP, NIGHT, ago(1)));
        board.heard(new Progress(States.job(APP, "2026-04-16"), NOW, 99, 1, 2, 3, 4, 5, Optional.empty()));

        assertThat(doing().progress()).isEmpty();
    }

    @Test
    void the_late_end_of_an_older_night_does_not_end_a_newer_job() {
        board.heard(States.running(APP, NIGHT, ago(1)));
        board.heard(States.skipped(APP, "2026-04-16", NOW));

        assertThat(doing().job().night()).isEqualTo(new NightId(NIGHT));
    }

    private Doing doing() {
        return overview.target(APP).orElseThrow().doing().get(0);
    }

    @Test
    void the_worst_comes_first() {
        fleet.backups().forEach(backup -> board.heard(States.succeeded(backup.target(), NIGHT, ago(2))));
        board.heard(States.failed(new Target("daedalus", "app07", "remote"), NIGHT, ago(1)));
        board.heard(Alert.of(Alert.OVERDUE, "daedalus/app19/local", NOW, "no good backup", ""));

        assertThat(overview.ranks().worstFirst())
                .extracting(Ranked::target)
                .startsWith(
                        new Target("daedalus", "app19", "local"),
                        new Target("daedalus", "app07", "remote"),
                        new Target("daedalus", "app01", "local"));
        assertThat(overview.verdict().targets())
                .isEqualTo(Map.of(Health.OVERDUE, 1L, Health.FAILED, 1L, Health.GOOD, 38L));
    }

    @Test
    void what_becomes_too_old_without_a_word_is_overdue_and_not_if_the_clock_was_wrong() {
        var clock = new AtomicReference<>(NOW);
        overview = new Overview(fleet, board, clock::get);
        fleet.backups().forEach(backup -> board.heard(States.succeeded(backup.target(), NIGHT, ago(2))));
        assertThat(overview.ranks().counts()).isEqualTo(Map.of(Health.GOOD, 40L));

        clock.set(NOW.plus(Duration.ofDays(3)));
        assertThat(overview.ranks().counts()).isEqualTo(Map.of(Health.OVERDUE, 40L));
        board.heard(States.succeeded(APP, "2026-04-20", clock.get()));
        assertThat(overview.ranks().counts()).isEqualTo(Map.of(Health.OVERDUE, 39L, Health.GOOD, 1L));

        clock.set(NOW);
        assertThat(overview.ranks().counts()).isEqualTo(Map.of(Health.GOOD, 40L));
    }

    /** Looked at after each message, the order is as it would be if all were judged anew. */
    @Test
    void the_order_is_kept_whatever_is_heard() {
        var random = new Random(7);
        var targets = fleet.backups().map(ServiceBackup::target).toList();
        for (int i = 0; i < 400; i++) {
            var target = targets.get(random.nextInt(targets.size()));
            var at = ago(random.nextInt(60));
            switch (random.nextInt(6)) {
                case 0 -> board.heard(States.failed(target, NIGHT, at));
                case 1 -> board.heard(States.suspect(target, NIGHT, at));
                case 2 -> board.heard(Alert.of(Alert.OVERDUE, target.toString(), at, "no good backup", ""));
                case 3 -> board.heard(Alert.ended(Alert.OVERDUE, target.toString(), at, "good again"));
                case 4 -> board.remembered(States.succeeded(target, NIGHT, at));
                default -> board.heard(States.succeeded(target, NIGHT, at));
            }
            var anew = new Overview(fleet, board, InstantSource.fixed(NOW)).ranks();
            assertThat(overview.ranks()).isEqualTo(anew);
        }
        assertThat(overview.ranks().counts()).hasSizeGreaterThan(3);
    }

    @Test
    void a_flood_of_what_the_fleet_file_does_not_name_is_not_kept() {
        for (int i = 0; i < 5_000; i++) {
            board.heard(States.failed(new Target("stranger", "s" + i, "local"), NIGHT, NOW));
            board.heard(Alert.of("noise", "a" + i, NOW, "m", ""));
            board.heard(
                    new Rejected("backup.x", "why", "S", i, 1, "c", NOW, Optional.empty(), Optional.empty(), false));
        }

        assertThat(board.targets()).hasSize(40);
        assertThat(board.activities()).isEmpty();
        assertThat(board.alerts()).hasSize(2_000);
        assertThat(board.rejectedSince(Instant.EPOCH)).hasSize(100);
        assertThat(board.entries()).hasSize(300);
    }

    @Test
    void a_host_shows_its_newest_zfs_snapshots_and_why_there_is_no_newer() {
        var night = new NightId(NIGHT);
        board.heard(Samples.ready("daedalus", night, ago(3), ago(3)));
        board.heard(new SnapshotEvent.Failed("daedalus", new NightId("2026-04-18"), NOW, "out of space", "free some"));

        var host = board.host("daedalus").orElseThrow();
        assertThat(host.ready().orElseThrow().night()).isEqualTo(night);
        assertThat(host.failed().orElseThrow().reason()).isEqualTo("out of space");

        board.heard(Samples.ready("daedalus", new NightId("2026-04-18"), NOW, NOW));
        assertThat(board.host("daedalus").orElseThrow().failed()).isEmpty();
    }

    @Test
    void who_listens_hears_each_line_once_and_in_order() {
        var heard = new ArrayList<Entry>();
        board.onEntry(heard::add);
        board.heard(States.failed(APP, NIGHT, ago(2)));
        board.heard(Alert.of(Alert.DISK, "daedalus", NOW, "full", ""));

        assertThat(heard).extracting(Entry::kind).containsExactly(Entry.Kind.STATE, Entry.Kind.ALERT);
        assertThat(heard.get(0).text()).isEqualTo("failed: restic backup of /mnt/local: wrong-password");
        assertThat(board.entries().get(0)).isEqualTo(heard.get(1));
    }
}
