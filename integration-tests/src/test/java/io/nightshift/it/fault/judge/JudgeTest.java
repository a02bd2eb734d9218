package io.nightshift.it.fault.judge;

import static io.nightshift.it.fault.judge.Recorded.FILES;
import static io.nightshift.it.fault.judge.Recorded.FIRST;
import static io.nightshift.it.fault.judge.Recorded.NOTES;
import static io.nightshift.it.fault.judge.Recorded.SECOND;
import static io.nightshift.it.fault.judge.Recorded.snapshot;
import static io.nightshift.it.fault.judge.Recorded.tree;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.event.Cause;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A judge that never finds anything proves nothing: for each promise a history that breaks it, and one that nearly does. */
class JudgeTest {
    private static final String FAILED = "Host here, night 2026-04-17\nTook too long: it is so";
    private static final String AWAY =
            "Host here, night 2026-04-17\nDestination disk: not there or not mounted: it is so";

    @Test
    void a_night_as_it_should_be_breaks_nothing() {
        assertThat(Judge.broken(Recorded.good(FILES, NOTES).history())).isEmpty();
    }

    @Test
    void a_history_is_the_same_after_it_was_saved(@TempDir Path folder) throws Exception {
        var night = Recorded.good(FILES, NOTES);
        night.killed("notifier");
        night.phone("files → disk failed", "with\nlines and ü");
        night.history().save(folder.resolve("history.jsonl"));
        assertThat(History.read(folder.resolve("history.jsonl"))).isEqualTo(night.history());
    }

    @Test
    void a_job_that_was_queued_and_never_ended_is_found() {
        var night = new Recorded();
        night.begin(FIRST);
        night.queue(FIRST, FILES);
        only(
                night,
                "job 2026-04-17/here/files/disk, planned by backup.status.here.files.disk STREAM 3 at 2026-04-17T02:00:05Z,"
                        + " has no final state; the last is queued at 2026-04-17T02:00:05Z");
    }

    @Test
    void a_job_of_the_night_that_nobody_ever_heard_of_is_found() {
        var night = new Recorded(FILES);
        night.begin(FIRST);
        only(
                night,
                "job 2026-04-17/here/files/disk, planned by backup.night.start STREAM 1 at 2026-04-17T02:00:01Z,"
                        + " has no final state; nothing was ever heard of it");
    }

    @Test
    void a_job_that_ended_in_two_ways_is_found() {
        var night = Recorded.good(FILES);
        night.fail(FIRST, FILES, Cause.TIMED_OUT);
        night.phone("files → disk failed", FAILED);
        only(
                night,
                "job 2026-04-17/here/files/disk",
                "has 2 final states: succeeded at 2026-04-17T02:00:09Z",
                "failed at");
    }

    @Test
    void the_same_end_told_again_is_one_end() {
        var night = Recorded.good(FILES);
        var history = night.history();
        var end = history.ends().get(0).what();
        night.status(end);
        assertThat(Judge.broken(night.history())).isEmpty();
    }

    @Test
    void a_success_that_is_found_again_after_the_store_was_lost_is_one_end_and_another_is_not() {
        var night = Recorded.good(FILES);
        night.loseStore();
        night.succeed(FIRST, FILES, snapshot(FIRST, FILES));
        assertThat(Judge.broken(night.history())).isEmpty();
        night.succeed(FIRST, FILES, snapshot(FIRST, FILES));
        only(night, "job 2026-04-17/here/files/disk", "has 2 final states");
    }

    @Test
    void two_writers_at_once_are_found() {
        var night = Recorded.good(FILES);
        var one = night.startRestic(FIRST, FILES, FIRST);
        var other = night.startRestic(FIRST, FILES, FIRST);
        night.ended(one, 0);
        night.ended(other, 11);
        only(
                night,
                "repository /disk/here/files/disk had two writers: restic backup (run run-2, pid 4002,",
                "and restic backup (run run-3, pid 4003,",
                "from 2026-04-17T02:00:12Z");
    }

    @Test
    void a_writer_that_never_ended_is_one_until_the_end() {
        var night = Recorded.good(FILES);
        night.startRestic(FIRST, FILES, FIRST);
        night.run(FIRST, FILES, FIRST, "none");
        only(night, "had two writers: restic backup (run run-2", "to the end, and");
    }

    @Test
    void writers_one_after_the_other_and_at_two_repositories_are_fine() {
        var night = Recorded.good(FILES, NOTES);
        night.run(FIRST, FILES, FIRST, "none");
        var files = night.startRestic(FIRST, FILES, FIRST);
        var notes = night.startRestic(FIRST, NOTES, FIRST);
        night.ended(files, 1);
        night.ended(notes, 1);
        assertThat(Judge.broken(night.history())).isEmpty();
    }

    @Test
    void a_success_without_a_snapshot_is_found() {
        var night = begun();
        night.succeed(FIRST, FILES, "invented");
        only(
                night,
                "job 2026-04-17/here/files/disk succeeded at",
                "but its snapshot invented is not in the repository");
    }

    @Test
    void a_success_that_cannot_be_restored_is_found() {
        var night = begun();
        night.succeed(FIRST, FILES, "damaged");
        night.keep(FIRST, FILES, "damaged", Optional.empty());
        only(night, "its snapshot damaged cannot be restored");
    }

    @Test
    void a_success_that_restores_to_something_else_is_found() {
        var night = begun();
        night.succeed(FIRST, FILES, "other");
        night.keep(FIRST, FILES, "other", tree(SECOND));
        only(night, "restores to tree-of-2026-04-18, and its source in night 2026-04-17 was tree-of-2026-04-17");
    }

    @Test
    void a_success_in_the_repository_of_another_is_found() {
        var night = begun();
        night.succeed(FIRST, FILES, "astray");
        night.keep(FIRST, NOTES, "astray", tree(FIRST));
        only(night, "its snapshot astray is not in the repository");
    }

    @Test
    void a_failure_that_nobody_was_told_of_is_found() {
        var night = begun();
        night.fail(FIRST, FILES, Cause.TIMED_OUT);
        only(
                night,
                "job 2026-04-17/here/files/disk was failed at 2026-04-17T02:00:07Z (timed-out), and nobody was told");
    }

    @Test
    void a_failure_that_was_told_twice_is_found_unless_the_notifier_died() {
        var night = begun();
        night.fail(FIRST, FILES, Cause.TIMED_OUT);
        night.phone("files → disk failed", FAILED);
        assertThat(Judge.broken(night.history())).isEmpty();
        night.phone("files → disk failed", FAILED);
        only(night, "(timed-out), and it was told 2 times instead of 1: [files → disk failed at");
        night.killed("notifier");
        assertThat(Judge.broken(night.history())).isEmpty();
    }

    @Test
    void one_message_for_all_jobs_of_a_destination_is_enough_and_needed() {
        var night = new Recorded(FILES, NOTES);
        night.begin(FIRST);
        night.fail(FIRST, FILES, Cause.DESTINATION_MISSING);
        night.fail(FIRST, NOTES, Cause.DESTINATION_MISSING);
        only(night, "(destination-missing), and nobody was told");
        night.phone("destination disk: not there or not mounted, 2 jobs failed", AWAY);
        assertThat(Judge.broken(night.history())).isEmpty();
    }

    @Test
    void the_same_cause_in_the_next_night_is_told_no_second_time() {
        var night = begun();
        night.fail(FIRST, FILES, Cause.TIMED_OUT);
        night.phone("files → disk failed", FAILED);
        night.begin(SECOND);
        night.fail(SECOND, FILES, Cause.TIMED_OUT);
        assertThat(Judge.broken(night.history())).isEmpty();
        night.phone("files → disk failed", FAILED.replace("17", "18"));
        only(night, "job 2026-04-18/here/files/disk was failed", "told 1 times instead of 0");
    }

    @Test
    void a_host_without_a_snapshot_makes_one_message_for_all_its_jobs() {
        var night = new Recorded(FILES, NOTES);
        night.start(FIRST);
        night.noSnapshot(FIRST);
        night.fail(FIRST, FILES, Cause.SNAPSHOT_FAILED);
        night.fail(FIRST, NOTES, Cause.SNAPSHOT_FAILED);
        only(night, "host here had no snapshot for night 2026-04-17", "nobody was told");
        night.phone("here has no ZFS snapshot", "No backup of host here in night 2026-04-17");
        assertThat(Judge.broken(night.history())).isEmpty();
    }

    @Test
    void a_job_that_reads_from_another_night_is_found() {
        var night = Recorded.good(FILES);
        night.begin(SECOND);
        night.queue(SECOND, FILES);
        night.run(SECOND, FILES, FIRST, "old");
        night.succeed(SECOND, FILES, "old");
        night.keep(SECOND, FILES, "old", tree(FIRST));
        only(
                night,
                "restic backup (run run-2, job 2026-04-18/here/files/disk) at",
                "read from /views/2026-04-17," + " which is of night 2026-04-17");
    }

    @Test
    void a_job_that_reads_before_the_announcement_is_found() {
        var night = new Recorded();
        night.run(FIRST, FILES, FIRST, "early");
        only(night, "read from /views/2026-04-17, which nobody has announced");
        night.ready(FIRST);
        only(night, "read from /views/2026-04-17, which was not announced before");
    }

    @Test
    void a_night_that_was_answered_twice_is_found() {
        var night = Recorded.good(FILES);
        night.ready(FIRST);
        only(night, "night 2026-04-17 of host here was answered 2 times: [ready, created at");
    }

    @Test
    void a_date_with_two_slots_is_found() {
        var night = Recorded.good(FILES);
        night.startAnew(FIRST);
        only(night, "night 2026-04-17 was started for 2 slots");
    }

    @Test
    void a_repository_that_is_created_anew_is_found_and_a_second_try_is_not() {
        var night = new Recorded();
        night.begin(FIRST);
        night.ended(night.create(FILES), 1);
        night.ended(night.create(FILES), 0);
        night.run(FIRST, FILES, FIRST, "none");
        assertThat(Judge.broken(night.history())).isEmpty();
        night.ended(night.create(FILES), 0);
        only(night, "repository /disk/here/files/disk was created anew at 2026-04-17T02:00:10Z (run run-4)");
    }

    @Test
    void a_night_before_its_time_is_found_unless_the_clock_says_otherwise() {
        var night = new Recorded();
        night.startAtOnce(SECOND);
        only(night, "night 2026-04-18 was started at 2026-04-17T02:00:01Z, before its slot 2026-04-18T02:00:00Z");
        var ahead = new Recorded();
        ahead.setClock(Duration.ofDays(1));
        ahead.startAtOnce(SECOND);
        assertThat(Judge.broken(ahead.history())).isEmpty();
        ahead.setClock(Duration.ofHours(23));
        ahead.startAtOnce(SECOND);
        only(ahead, "night 2026-04-18 was started at 2026-04-18T01:00:04Z, before its slot");
    }

    @Test
    void nights_in_another_order_than_their_dates_are_found() {
        var night = new Recorded();
        night.start(FIRST);
        night.start(SECOND);
        assertThat(Judge.broken(night.history())).isEmpty();
        night.start(FIRST);
        only(night, "night 2026-04-17 was started at 2026-04-18T02:00:02Z, after night 2026-04-18");
    }

    @Test
    void a_job_with_two_snapshots_is_found() {
        var night = Recorded.good(FILES);
        night.keep(FIRST, FILES, "second", tree(FIRST));
        only(
                night,
                "job 2026-04-17/here/files/disk was run to more than one snapshot: " + snapshot(FIRST, FILES)
                        + ", second");
    }

    private static Recorded begun() {
        var night = new Recorded(FILES);
        night.begin(FIRST);
        night.queue(FIRST, FILES);
        return night;
    }

    /** Exactly one sentence, which says all that. */
    private static void only(Recorded recorded, String... parts) {
        assertThat(Judge.broken(recorded.history())).singleElement().asString().contains(parts);
    }
}
