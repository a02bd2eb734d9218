package io.nightshift.notifier;

import static io.nightshift.notifier.Samples.failed;
import static io.nightshift.notifier.Samples.incomplete;
import static io.nightshift.notifier.Samples.skipped;
import static io.nightshift.notifier.Samples.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.NightId;
import io.nightshift.contract.event.Alert;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Rejected;
import io.nightshift.contract.event.SnapshotEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From events to the messages of a person's phone. */
class NotifierTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration GATHER = Duration.ofSeconds(10);

    private final Night night = new Night();

    @Test
    void a_failed_job_makes_one_message_at_once() {
        night.happens(failed("2026-04-17/daedalus/prowlarr/local", Cause.WRONG_PASSWORD));

        assertThat(night.titles()).containsExactly("prowlarr → local failed");
        assertThat(night.channel.delivered.get(0).severity()).isEqualTo(Severity.FAILURE);
    }

    @Test
    void a_success_without_a_failure_before_it_is_silent_and_leaves_no_trace() {
        night.happens(succeeded("2026-04-17/daedalus/prowlarr/local"));

        assertThat(night.titles()).isEmpty();
        assertThat(night.incidents.all()).isEmpty();
    }

    @Test
    void the_same_cause_again_within_twenty_hours_is_counted_in_silence() {
        night.happens(failed("2026-04-17/daedalus/prowlarr/local", Cause.WRONG_PASSWORD));
        night.after(Duration.ofHours(19));
        night.happens(failed("2026-04-17T120000.000/daedalus/prowlarr/local", Cause.WRONG_PASSWORD));

        assertThat(night.titles()).hasSize(1);
        assertThat(night.incidents.all())
                .singleElement()
                .satisfies(i -> assertThat(i.course().times()).isEqualTo(2));
    }

    @Test
    void each_further_night_makes_a_reminder_that_says_which_one_it_is() {
        night.happens(failed("2026-04-17/daedalus/prowlarr/local", Cause.WRONG_PASSWORD));
        night.after(DAY);
        night.happens(failed("2026-04-18/daedalus/prowlarr/local", Cause.WRONG_PASSWORD));
        night.after(DAY);
        night.happens(failed("2026-04-19/daedalus/prowlarr/local", Cause.WRONG_PASSWORD));

        assertThat(night.titles())
                .containsExactly(
                        "prowlarr → local failed",
                        "prowlarr → local failed, for the 2nd night",
                        "prowlarr → local failed, for the 3rd night");
        assertThat(night.channel.delivered.get(2).body()).contains("Since the night of 2026-04-17: 3 nights");
    }

    @Test
    void another_cause_is_news() {
        night.happens(failed("2026-04-17/daedalus/prowlarr/local", Cause.WRONG_PASSWORD));
        night.happens(failed("2026-04-17T120000.000/daedalus/prowlarr/local", Cause.PATH_MISSING));

        assertThat(night.titles()).containsExactly("prowlarr → local failed", "prowlarr → local failed");
    }

    @Test
    void a_success_after_it_makes_one_recovery() {
        night.happens(failed("2026-04-17/daedalus/prowlarr/local", Cause.WRONG_PASSWORD));
        night.after(DAY);
        night.happens(succeeded("2026-04-18/daedalus/prowlarr/local"));
        night.after(DAY);
        night.happens(succeeded("2026-04-19/daedalus/prowlarr/local"));

        assertThat(night.titles()).containsExactly("prowlarr → local failed", "prowlarr → local works again");
        assertThat(night.channel.delivered.get(1).severity()).isEqualTo(Severity.RECOVERY);
    }

    @Test
    void a_failure_after_the_recovery_is_a_new_incident() {
        night.happens(failed("2026-04-17/daedalus/prowlarr/local", Cause.WRONG_PASSWORD));
        night.happens(succeeded("2026-04-17T120000.000/daedalus/prowlarr/local"));
        night.happens(failed("2026-04-17T130000.000/daedalus/prowlarr/local", Cause.WRONG_PASSWORD));

        assertThat(night.titles())
                .containsExactly("prowlarr → local failed", "prowlarr → local works again", "prowlarr → local failed");
    }

    @Test
    void an_event_that_is_delivered_twice_changes_nothing() {
        var first = Findings.of(failed("2026-04-17/daedalus/prowlarr/local", Cause.WRONG_PASSWORD), night.instant());
        night.happens(first);
        night.repeats(first);
        var end = Findings.of(succeeded("2026-04-17T120000.000/daedalus/prowlarr/local"), night.instant());
        night.happens(end);
        night.repeats(end);
        night.repeats(first);

        assertThat(night.titles()).containsExactly("prowlarr → local failed", "prowlarr → local works again");
        assertThat(night.incidents.all().get(0).course().times()).isOne();
    }

    @Test
    void upkeep_is_an_incident_of_its_own() {
        night.happens(failed("2026-04-17/daedalus/prowlarr/local/check", Cause.REPOSITORY_DAMAGED));
        night.happens(succeeded("2026-04-17/daedalus/prowlarr/local"));

        assertThat(night.titles()).containsExactly("prowlarr → local: check failed");
    }

    @Test
    void an_incomplete_backup_is_a_warning() {
        night.happens(incomplete("2026-04-17/daedalus/prowlarr/local"));

        assertThat(night.titles()).containsExactly("prowlarr → local incomplete");
        assertThat(night.channel.delivered.get(0).severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void what_a_later_night_pushed_aside_was_not_backed_up_so_it_is_told() {
        night.happens(skipped("2026-04-17/daedalus/prowlarr/local", Cause.SUPERSEDED));
        night.happens(skipped("2026-04-17/daedalus/lidarr/local", Cause.CONFIGURATION));

        night.after(GATHER);
        night.sender.round();
        assertThat(night.titles()).containsExactly("daedalus → local not taken by a worker");
    }

    @Test
    void a_failed_zfs_snapshot_makes_one_message_and_none_for_the_jobs_that_had_none() {
        night.happens(Findings.of(snapshotFailed("2026-04-17"), night.instant()));
        night.happens(failed("2026-04-17/daedalus/prowlarr/local", Cause.SNAPSHOT_FAILED));
        night.happens(failed("2026-04-17/daedalus/lidarr/local", Cause.SNAPSHOT_FAILED));

        assertThat(night.titles()).containsExactly("daedalus has no ZFS snapshot");
    }

    @Test
    void a_host_that_says_nothing_is_told_by_its_jobs_once() {
        night.happens(failed("2026-04-17/daedalus/prowlarr/local", Cause.SNAPSHOT_FAILED));
        night.happens(failed("2026-04-17/daedalus/lidarr/local", Cause.SNAPSHOT_FAILED));

        assertThat(night.titles()).containsExactly("daedalus has no ZFS snapshot");
    }

    @Test
    void the_next_zfs_snapshot_ends_it() {
        night.happens(Findings.of(snapshotFailed("2026-04-17"), night.instant()));
        night.happens(List.of(new Finding.Recovery(List.of(Keys.snapshot("daedalus")), "daedalus", night.instant())));

        assertThat(night.titles()).containsExactly("daedalus has no ZFS snapshot", "daedalus has a ZFS snapshot again");
    }

    @Test
    void the_jobs_of_a_destination_that_cannot_be_reached_make_one_message_that_lists_them() {
        night.happens(failed("2026-04-17/daedalus/prowlarr/remote", Cause.DESTINATION_UNREACHABLE));
        night.happens(failed("2026-04-17/daedalus/lidarr/remote", Cause.DESTINATION_UNREACHABLE));
        assertThat(night.titles()).isEmpty();
        night.after(GATHER);
        night.sender.round();
        night.happens(failed("2026-04-17/icarus/radarr/remote", Cause.DESTINATION_UNREACHABLE));

        assertThat(night.titles()).containsExactly("destination remote: cannot be reached, 2 jobs failed");
        assertThat(night.channel.delivered.get(0).body())
                .contains("Jobs: daedalus/lidarr/remote, daedalus/prowlarr/remote");
    }

    @Test
    void a_destination_works_again_when_each_of_its_jobs_does() {
        night.happens(failed("2026-04-17/daedalus/prowlarr/remote", Cause.ACCESS_DENIED));
        night.happens(failed("2026-04-17/daedalus/lidarr/remote", Cause.ACCESS_DENIED));
        night.after(GATHER);
        night.sender.round();
        night.happens(succeeded("2026-04-18/daedalus/prowlarr/remote"));
        assertThat(night.titles()).hasSize(1);
        night.happens(incomplete("2026-04-18/daedalus/lidarr/remote"));

        assertThat(night.titles())
                .containsExactlyInAnyOrder(
                        "destination remote: access denied, 2 jobs failed",
                        "lidarr → remote incomplete",
                        "Destination remote works again");
    }

    @Test
    void a_folder_that_is_not_mounted_is_a_matter_of_its_host() {
        night.happens(failed("2026-04-17/daedalus/prowlarr/local", Cause.DESTINATION_MISSING));
        night.happens(failed("2026-04-17/icarus/prowlarr/local", Cause.DESTINATION_MISSING));
        night.after(GATHER);
        night.sender.round();

        assertThat(night.titles()).hasSize(2);
    }

    @Test
    void a_flood_of_rejected_messages_makes_one_message_an_hour_with_the_count() {
        for (int i = 0; i < 100; i++) {
            night.happens(Findings.of(rejected("not a JobStatus: garbage " + i), night.instant()));
        }
        assertThat(night.titles()).containsExactly("backup.status: a message was refused");
        night.after(Duration.ofHours(1));
        night.sender.round();

        assertThat(night.titles())
                .containsExactly(
                        "backup.status: a message was refused", "backup.status: a message was refused, 100 times");
    }

    @Test
    void an_alert_is_told_once_and_again_on_the_next_day() {
        for (int i = 0; i < 3; i++) {
            night.happens(Findings.of(
                    Alert.of("disabled", "daedalus/prowlarr", night.instant(), "backups are off", "switch them on"),
                    night.instant()));
            night.after(Duration.ofHours(11));
        }

        assertThat(night.titles())
                .containsExactly("daedalus/prowlarr: disabled", "daedalus/prowlarr: disabled, 3 times");
    }

    @Test
    void an_alert_that_is_over_is_told_as_a_recovery_once() {
        night.happens(Findings.of(
                Alert.of("uncovered", "daedalus/tank", night.instant(), "no service backs it up", "look"),
                night.instant()));
        night.after(Duration.ofHours(1));
        for (int i = 0; i < 2; i++) {
            night.happens(Findings.of(
                    Alert.ended("uncovered", "daedalus/tank", night.instant(), "one does"), night.instant()));
        }

        assertThat(night.titles()).containsExactly("daedalus/tank: uncovered", "daedalus/tank: no longer uncovered");
    }

    @Test
    void forty_overdue_jobs_are_one_message_a_reminder_a_day_and_one_recovery() {
        for (int day = 0; day < 3; day++) {
            for (int i = 0; i < 40; i++) {
                night.happens(Findings.of(overdue("daedalus/app" + i + "/local"), night.instant()));
            }
            night.after(DAY);
            night.sender.round();
        }
        for (int i = 0; i < 40; i++) {
            var over = Alert.ended("overdue", "daedalus/app" + i + "/local", night.instant(), "good again");
            night.happens(Findings.of(over, night.instant()));
        }

        assertThat(night.titles())
                .containsExactly(
                        "10 jobs overdue",
                        "40 jobs overdue, again",
                        "40 jobs overdue, again",
                        "Nothing is overdue any more");
    }

    @Test
    void a_job_that_said_itself_that_it_failed_is_not_told_again_as_overdue() {
        night.happens(failed("2026-04-17/daedalus/prowlarr/local", Cause.WRONG_PASSWORD));
        night.happens(Findings.of(overdue("daedalus/prowlarr/local").because(Cause.WRONG_PASSWORD), night.instant()));
        night.after(DAY);
        night.sender.round();

        assertThat(night.titles()).containsExactly("prowlarr → local failed");
    }

    @Test
    void jobs_that_no_worker_takes_and_that_are_given_up_for_it_are_one_cause() {
        night.happens(Findings.of(
                Alert.of("waiting", "daedalus/local", night.instant(), "no worker takes jobs", "see"),
                night.instant()));
        night.after(GATHER);
        night.sender.round();
        for (int i = 0; i < 20; i++) {
            night.happens(skipped("2026-04-17/daedalus/app" + i + "/local", Cause.SUPERSEDED));
        }
        night.happens(Findings.of(Alert.ended("waiting", "daedalus/local", night.instant(), "taken"), night.instant()));
        for (int i = 0; i < 20; i++) {
            night.happens(succeeded("2026-04-18/daedalus/app" + i + "/local"));
        }

        assertThat(night.titles())
                .containsExactly("daedalus → local not taken by a worker", "daedalus → local taken by a worker again");
    }

    private Alert overdue(String about) {
        return Alert.of("overdue", about, night.instant(), "no good backup since yesterday", "look");
    }

    @Test
    void what_was_quiet_for_very_long_begins_anew() {
        night.happens(failed("2026-04-17/daedalus/prowlarr/local", Cause.WRONG_PASSWORD));
        night.after(Duration.ofDays(40));
        night.happens(failed("2026-05-27/daedalus/prowlarr/local", Cause.WRONG_PASSWORD));

        assertThat(night.titles()).containsExactly("prowlarr → local failed", "prowlarr → local failed");
    }

    private static SnapshotEvent snapshotFailed(String id) {
        return new SnapshotEvent.Failed("daedalus", new NightId(id), Samples.AT, "out of space", "free space");
    }

    private static Rejected rejected(String reason) {
        return new Rejected(
                "backup.status.a.b.c",
                reason,
                "BACKUP_STATUS",
                1,
                1,
                "scheduler",
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                false);
    }
}
