package io.nightshift.scheduler.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Target;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.scheduler.Fleets;
import io.nightshift.scheduler.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberingTest {
    private static final Target APP = new Target("daedalus", "app01", "local");
    private static final Instant NOW = Instant.parse("2026-04-17T09:00:00Z");

    @TempDir
    Path folder;

    private final List<JobStatus> said = new ArrayList<>();
    private Board board;
    private Remembering remembering;
    private int questions;

    @BeforeEach
    void start() throws Exception {
        board = new Board(Fleets.twenty(folder));
        remembering = new Remembering(board, new Kept());
    }

    @Test
    void damage_that_was_found_long_ago_is_known_although_the_last_test_could_not_be_made() {
        said.add(test(60, Optional.empty()));
        said.add(test(50, Optional.of(Cause.REPOSITORY_DAMAGED)));
        said.add(test(20, Optional.of(Cause.DESTINATION_UNREACHABLE)));
        look();

        assertThat(state().doubt()).contains(said.get(1));
        assertThat(state().upkeep()).containsEntry(Work.RESTORE_TEST, said.get(2));
    }

    @Test
    void damage_that_was_found_long_ago_is_known_although_the_next_test_waits() {
        said.add(test(50, Optional.of(Cause.REPOSITORY_DAMAGED)));
        said.add(new JobStatus.Queued(job(20), ago(20), 0, ago(20), Optional.empty()));
        look();

        assertThat(state().doubt()).contains(said.get(0));
    }

    @Test
    void a_test_that_has_succeeded_since_ends_the_doubt_and_needs_no_question() {
        said.add(test(50, Optional.of(Cause.REPOSITORY_DAMAGED)));
        said.add(test(20, Optional.empty()));
        said.add(Samples.succeeded(JobId.backup(new NightId("2026-04-16"), APP), ago(1)));
        look();

        assertThat(state().doubt()).isEmpty();
        assertThat(questions).isZero();
    }

    @Test
    void a_good_backup_is_known_although_all_since_have_failed_and_each_is_asked_for_once() {
        said.add(Samples.succeeded(JobId.backup(new NightId("2026-03-01"), APP), ago(47)));
        said.add(States.failed(APP, "2026-03-02", ago(46)));
        look();

        assertThat(state().good()).isPresent();
        int before = questions;
        look();
        assertThat(questions).isEqualTo(before);
    }

    /** Often enough for a few at a time. */
    private void look() {
        for (int i = 0; i < 10; i++) {
            remembering.look();
        }
    }

    private TargetState state() {
        return board.targets().stream()
                .filter(each -> each.target().equals(APP))
                .findFirst()
                .orElseThrow();
    }

    private static Instant ago(int days) {
        return NOW.minus(Duration.ofDays(days));
    }

    private static JobId job(int daysAgo) {
        return new JobId(new NightId(ago(daysAgo).toString().substring(0, 10)), APP, Work.RESTORE_TEST);
    }

    private static JobStatus test(int daysAgo, Optional<Cause> cause) {
        var job = job(daysAgo);
        return cause.map(why -> States.restoreTestFailed(APP, job.night().toString(), ago(daysAgo), why))
                .orElseGet(() -> Samples.succeeded(job, ago(daysAgo)));
    }

    /** What the bus keeps. */
    private final class Kept implements History {
        @Override
        public List<JobStatus> states(Target target, Work work) {
            if (target.equals(APP)) {
                questions++;
            }
            return newestFirst(target, work).toList();
        }

        private Stream<JobStatus> newestFirst(Target target, Work work) {
            return said.stream()
                    .filter(each ->
                            each.job().target().equals(target) && each.job().work() == work)
                    .sorted(Comparator.comparing(JobStatus::at).reversed());
        }

        @Override
        public List<JobStatus> latest() {
            return Stream.of(Work.values())
                    .flatMap(work -> newestFirst(APP, work).limit(1))
                    .toList();
        }
    }
}
