package io.nightshift.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.Progress;
import io.nightshift.contract.fleet.FleetFile;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a job is tried, with a destination that does as the test says, and a clock that the test moves. */
class RunJobTest {
    private final WorkerFixture host = WorkerFixture.create();
    private final FakeLedger ledger = new FakeLedger();
    private final List<JobStatus> told = new ArrayList<>();
    private final Runs runs = new Runs();
    private final Job.Backup job = host.backup("2026-04-17", "app", "local");
    private Instant now = job.due();
    private RuntimeException failure = failing(Cause.DESTINATION_MISSING);
    private RunJob worker;

    @BeforeEach
    void start() {
        worker = worker("one");
    }

    @Test
    void a_destination_that_is_away_for_an_hour_costs_an_hour_not_a_night() {
        var pauses = new ArrayList<Duration>();
        while (now.isBefore(job.due().plus(Duration.ofHours(1)))) {
            pauses.add(attempt());
        }
        assertThat(pauses)
                .startsWith(
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(15),
                        Duration.ofMinutes(30));
        assertThat(ledger.ends).isEmpty();
    }

    @Test
    void it_is_tried_until_half_a_day_after_it_was_due_and_the_last_failure_is_told() {
        Optional<RetryLater> again;
        do {
            again = worker.run(job);
            now = now.plus(again.map(RetryLater::delay).orElse(Duration.ZERO));
        } while (again.isPresent());
        assertThat(Duration.between(job.due(), now)).isBetween(Duration.ofHours(11), Duration.ofHours(12));
        assertThat(ledger.end(job.id())).get().isInstanceOf(JobStatus.Failed.class);
        assertThat(told).filteredOn(JobStatus::isFinal).hasSize(1);
    }

    @Test
    void a_restart_does_not_make_the_pauses_begin_anew() {
        attempt();
        attempt();
        worker = worker("two");
        assertThat(attempt()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void a_cause_that_stays_fails_at_once() {
        failure = failing(Cause.WRONG_PASSWORD);
        assertThat(worker.run(job)).isEmpty();
        assertThat(ledger.end(job.id()).orElseThrow().attempt()).isEqualTo(1);
    }

    @Test
    void stops_put_it_back_at_once_and_cost_nothing() {
        failure = new JobFailedException(Runs.STOPPED);
        onAttempt = () -> runs.interruptAll(Runs.STOPPED);
        for (int i = 0; i < 10; i++) {
            assertThat(attempt()).isZero();
        }
        onAttempt = () -> {};
        failure = failing(Cause.DESTINATION_MISSING);
        assertThat(attempt()).isEqualTo(Duration.ofMinutes(1));
        assertThat(told.stream().map(status -> status.cloudEvent("x").id())).doesNotHaveDuplicates();
    }

    /** As earlyoom does with SIGTERM: restic then ends with 130. */
    @Test
    void a_restic_that_somebody_else_stops_is_tried_again_after_a_pause_and_not_for_ever() {
        failure = failing(Cause.STOPPED);
        assertThat(attempt()).isEqualTo(Duration.ofMinutes(1));
        assertThat(attempt()).isEqualTo(Duration.ofMinutes(2));
        now = job.due().plus(Duration.ofHours(13));
        assertThat(worker.run(job)).isEmpty();
        assertThat(ledger.end(job.id())).get().isInstanceOf(JobStatus.Failed.class);
    }

    @Test
    void a_worker_that_dies_again_and_again_takes_the_job_with_it_after_three_times() {
        for (var dead : List.of("a", "b", "c")) {
            assertThat(ledger.ends).isEmpty();
            ledger.attempts(job.id(), before -> before.begin(dead));
        }
        worker.run(job);
        var end = ledger.end(job.id()).orElseThrow();
        assertThat(end).isInstanceOf(JobStatus.Interrupted.class);
        assertThat(end.problem().orElseThrow().message()).contains("its worker died, 3 times");
    }

    @Test
    void two_crashes_are_not_three_and_failures_are_none() {
        for (var dead : List.of("a", "b")) {
            ledger.attempts(job.id(), before -> before.begin(dead));
        }
        for (int i = 0; i < 5; i++) {
            attempt();
        }
        assertThat(ledger.ends).isEmpty();
    }

    @Test
    void an_end_that_was_decided_meanwhile_is_told_instead_of_the_own() {
        var decided = new JobStatus.Skipped(job.id(), now, 0, Failure.of(Cause.SUPERSEDED, "a later night", ""));
        failure = failing(Cause.WRONG_PASSWORD);
        onAttempt = () -> ledger.decide(decided);
        worker.run(job);
        assertThat(told).last().isEqualTo(decided);
        assertThat(told).filteredOn(JobStatus::isFinal).hasSize(1);
    }

    private Runnable onAttempt = () -> {};

    private Duration attempt() {
        var delay = worker.run(job).orElseThrow().delay();
        now = now.plus(delay);
        return delay;
    }

    private static JobFailedException failing(Cause cause) {
        return new JobFailedException(cause, "as the test wants it", "");
    }

    private RunJob worker(String process) {
        var config = config();
        var name = new WorkerName("w-1", process);
        var fleet = FleetFile.read(config.fleet(), Map.of());
        var reports = new ToldReports();
        var work = new Work(
                config,
                fleet,
                name,
                () -> now,
                ledger,
                reports,
                new FreeLeases(),
                destination -> {
                    onAttempt.run();
                    throw failure;
                },
                (backup, destination) -> null,
                new BackupRun(() -> now, ledger, reports, job -> null, (commands, job, path) -> {}, name),
                (job, own, destination) -> {
                    throw failure;
                });
        return new RunJob(config, name, () -> now, ledger, reports, runs, work);
    }

    private WorkerConfig config() {
        return new SmallRyeConfigBuilder()
                .withMapping(WorkerConfig.class)
                .withDefaultValue(
                        "nightshift.fleet", host.folder.resolve("fleet.yaml").toString())
                .withDefaultValue("nightshift.worker.host", WorkerFixture.HOST)
                .withDefaultValue("nightshift.worker.destinations", "local")
                .build()
                .getConfigMapping(WorkerConfig.class);
    }

    private final class ToldReports implements Reports {
        @Override
        public void status(JobStatus status) {
            told.add(status);
        }

        @Override
        public void progress(Progress progress) {}
    }
}
