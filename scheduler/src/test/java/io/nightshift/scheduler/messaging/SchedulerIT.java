package io.nightshift.scheduler.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nightshift.contract.Buckets;
import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.Rejected;
import io.nightshift.contract.event.RestoreStatus;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.event.StartNight;
import io.nightshift.contract.event.Window;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.nats.NatsClient;
import io.nightshift.nats.testing.NatsServer;
import io.nightshift.nats.testing.NatsServerResource;
import io.nightshift.nats.testing.NeedsNatsServer;
import io.nightshift.scheduler.Bus;
import io.nightshift.scheduler.Samples;
import io.nightshift.scheduler.ledger.Freshness;
import io.nightshift.scheduler.ledger.JobEntry;
import io.nightshift.scheduler.ledger.Ledger;
import io.nightshift.scheduler.plan.Jobs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service on a real nats-server; the test speaks for the snapshot-service and the workers. */
@NeedsNatsServer
@QuarkusTest
@QuarkusTestResource(NatsServerResource.class)
@QuarkusTestResource(SchedulerResource.class)
class SchedulerIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    NatsServer server;

    @Inject
    NatsClient client;

    @Inject
    Bus bus;

    @Inject
    Ledger ledger;

    @Inject
    Fleet fleet;

    private Connection nats;
    private final List<Message> heard = new CopyOnWriteArrayList<>();

    @BeforeEach
    void listen() throws Exception {
        nats = Nats.connect(server.url());
        nats.createDispatcher(heard::add).subscribe("backup.>");
        nats.flush(Duration.ofSeconds(5));
    }

    @AfterEach
    void close() throws InterruptedException {
        nats.close();
    }

    @Test
    void a_night_of_twenty_services_and_two_destinations_is_forty_jobs_spread_over_the_window() throws Exception {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var night = new NightId("2026-01-02T030405.000");
        var window = new Window(now.plusSeconds(1), now.plusSeconds(4));
        publish(
                Subjects.NIGHT_START,
                new StartNight(Optional.of(night), Optional.of(now), Optional.of(window), List.of()));
        publish(Subjects.snapshotReady("daedalus"), Samples.ready("daedalus", night, now, now));

        await().atMost(SOON).until(() -> jobs(night).size() == 40);

        var statuses = of(night, "backup.status.", JobStatus.class);
        assertThat(statuses)
                .hasSize(40)
                .allSatisfy(
                        status -> assertThat(((JobStatus.Queued) status).due()).isBetween(window.from(), window.to()));
        assertThat(statuses.stream()
                        .map(status -> ((JobStatus.Queued) status).due())
                        .distinct())
                .hasSize(40);
        assertThat(jobs(night)).extracting(Job::id).doesNotHaveDuplicates();
        endAll(night);
        await().atMost(SOON).until(() -> releases(night) == 1);
    }

    @Test
    void what_is_in_the_ledger_is_read_by_the_next_scheduler_and_taken_once() throws Exception {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var night = new NightId("2026-01-03T030405.000");
        var later = new Window(now.plusSeconds(3600), now.plusSeconds(7200));
        publish(
                Subjects.NIGHT_START,
                new StartNight(Optional.of(night), Optional.of(now), Optional.of(later), List.of()));
        publish(Subjects.snapshotReady("daedalus"), Samples.ready("daedalus", night, now, now));
        await().atMost(SOON)
                .until(() -> of(night, "backup.status.", JobStatus.class).size() == 40);

        var second = new NatsLedger(client);

        assertThat(second.jobs().stream().filter(job -> job.id().night().equals(night)))
                .hasSize(40);
        assertThat(second.night(night)).isPresent();
        var one = second.jobs().stream()
                .filter(job -> job.id().night().equals(night))
                .findFirst()
                .orElseThrow();
        assertThat(second.addJob(one)).isFalse();
        assertThat(ledger.addJob(one)).isFalse();
        // What one scheduler notes, the other sees.
        second.putJob(one.ended("succeeded"));
        await().atMost(SOON).until(() -> ledger.ended(one.id()).isPresent());
    }

    @Test
    void a_job_that_nobody_else_has_changed_is_written_without_asking_what_is_there() throws Exception {
        var job = planned(new NightId("2026-01-07T030405.000"));
        var questions = nats.subscribe("$JS.API.DIRECT.GET.KV_backup_jobs.>");
        nats.flush(Duration.ofSeconds(5));

        ledger.addJob(job);
        ledger.putJob(job.released(Instant.now()));
        ledger.putJob(job.heard(Instant.now()));
        nats.flush(Duration.ofSeconds(5));

        assertThat(questions.getPendingMessageCount()).isZero();
        assertThat(new NatsLedger(client).job(job.id()))
                .hasValueSatisfying(entry -> assertThat(entry.releasedAt()).isPresent())
                .hasValueSatisfying(entry -> assertThat(entry.heardAt()).isPresent());
        ledger.putJob(job.ended("succeeded")); // its repository is free for other tests
    }

    /** More than once: what one has written, the other may have seen at once. */
    @Test
    void what_two_schedulers_note_of_a_job_at_the_same_time_is_all_kept() {
        var second = new NatsLedger(client);
        for (int i = 0; i < 20; i++) {
            var job = planned(new NightId("2026-01-08T030405.%03d".formatted(i)));
            ledger.addJob(job);
            await().until(() -> second.job(job.id()).isPresent());

            ledger.putJob(job.released(Instant.now()));
            second.putJob(job.heard(Instant.now()));
            ledger.putJob(job.ended("succeeded"));
            second.putJob(job.heard(Instant.now()));

            var third = new NatsLedger(client);
            assertThat(third.ended(job.id())).isPresent();
            assertThat(third.job(job.id())).isEmpty();
        }
    }

    /** Due when the test is over. */
    private JobEntry planned(NightId night) {
        var now = Instant.now();
        var backup = fleet.backup(new Target("daedalus", "app05", "local")).orElseThrow();
        var source = Samples.ready("daedalus", night, now, now).source();
        return JobEntry.planned(Jobs.backup(backup, night, now.plusSeconds(3600), source));
    }

    @Test
    void since_when_a_kind_of_work_is_known_is_kept_whatever_the_next_scheduler_s_clock_says() {
        var since = ledger.knownSince(Work.RESTORE_TEST, Instant.now());

        assertThat(new NatsLedger(client).knownSince(Work.RESTORE_TEST, since.plusSeconds(3600)))
                .isEqualTo(since);
    }

    @Test
    void since_when_it_is_installed_is_written_once_and_not_at_each_look_at_the_clock() throws Exception {
        var known = ledger.installedAt(Instant.now());
        var writes = nats.subscribe("$KV.backup_nights.installed");
        nats.flush(Duration.ofSeconds(5));

        assertThat(ledger.installedAt(known)).isEqualTo(known);

        assertThat(writes.nextMessage(Duration.ofMillis(500))).isNull();
    }

    @Test
    void what_nobody_of_the_fleet_would_hear_is_rejected() {
        nats.publish("backup.night.start", "{\"hosts\":[\"icarus\"]}".getBytes(StandardCharsets.UTF_8));
        nats.publish("backup.restore.icarus.app03.local", new byte[0]);
        nats.publish("backup.restore.daedalus.app03.nowhere", new byte[0]);
        nats.publish("backup.restore.daedalus", new byte[0]);
        nats.publish("backup.cancel.icarus.app03.local", new byte[0]);
        nats.publish("backup.cancel.daedalus.app03.local", new byte[0]);

        await().atMost(SOON).until(() -> rejected().size() == 5);
        assertThat(rejected())
                .noneMatch(rejected -> rejected.subject().equals("backup.cancel.daedalus.app03.local"))
                .filteredOn(rejected -> rejected.subject().equals("backup.night.start"))
                .singleElement()
                .satisfies(rejected -> assertThat(rejected.reason()).contains("no host 'icarus'", "daedalus"));
    }

    @Test
    void an_empty_request_runs_that_job_and_an_unknown_one_is_rejected_with_the_reason() throws Exception {
        var now = Instant.now();
        var night = new NightId("2026-01-04");
        publish(Subjects.snapshotReady("daedalus"), Samples.ready("daedalus", night, now, now));
        await().atMost(SOON).until(() -> bus.newestSnapshot("daedalus").isPresent());

        nats.publish("backup.request.daedalus.app03.remote", new byte[0]);
        nats.publish("backup.request.daedalus.nope.remote", new byte[0]);
        nats.publish("backup.request.daedalus.app03.remote", "{\"snapshot\":\"old\"}".getBytes(StandardCharsets.UTF_8));

        await().atMost(SOON)
                .until(() -> heard.stream()
                        .anyMatch(message -> message.getSubject().equals("backup.job.daedalus.app03.remote")));
        // The repository is taken until the job has ended.
        for (var message : heard) {
            if (message.getSubject().equals("backup.job.daedalus.app03.remote")) {
                var job = Wire.read(message.getData(), Job.class);
                publish(Subjects.status(job.id()), Samples.succeeded(job.id(), Instant.now()));
            }
        }
        await().atMost(SOON).until(() -> rejected().size() == 2);
        assertThat(rejected()).anySatisfy(r -> assertThat(r.reason()).contains("no service 'nope'", "app03"));
        assertThat(rejected()).anySatisfy(r -> assertThat(r.reason()).contains("not a BackupRequest"));
    }

    @Test
    void a_host_without_a_zfs_snapshot_fails_each_job_and_plans_none() throws Exception {
        var now = Instant.now();
        var night = new NightId("2026-01-05T030405.000");
        publish(
                Subjects.NIGHT_START,
                new StartNight(Optional.of(night), Optional.of(now), Optional.empty(), List.of()));
        publish(
                Subjects.snapshotFailed("daedalus"),
                new SnapshotEvent.Failed("daedalus", night, now, "out of space", "free some"));

        await().atMost(SOON)
                .until(() -> of(night, "backup.status.", JobStatus.class).size() == 40);

        assertThat(of(night, "backup.status.", JobStatus.class))
                .allSatisfy(status -> assertThat(status.problem())
                        .hasValueSatisfying(
                                failure -> assertThat(failure.message()).contains("out of space")));
        assertThat(jobs(night)).isEmpty();
    }

    /** The states of jobs and restores are in one stream, which is read whole. */
    @Test
    void the_state_of_a_restore_is_not_taken_for_that_of_a_job() throws Exception {
        var target = new Target("daedalus", "app04", "local");
        publish(
                Subjects.restored(target),
                new RestoreStatus.Running("r1", target, Instant.now(), 1, "w", RestoreStatus.Step.RESTORING));
        var job = JobId.backup(new NightId("2026-01-06"), target);
        publish(Subjects.status(job), Samples.succeeded(job, Instant.now()));

        await().atMost(SOON)
                .until(() -> ledger.freshness(target, Work.BACKUP)
                        .flatMap(Freshness::good)
                        .isPresent());
        assertThat(rejected()).noneMatch(rejected -> rejected.subject().startsWith("backup.restored."));
    }

    /** Its key may write on its own subjects alone; what they say is nobody else's. */
    @Test
    void nobody_speaks_for_another_host_or_destination() throws Exception {
        var own = new Target("daedalus", "app02", "local");
        var other = new Target("daedalus", "app03", "remote");
        var job = JobId.backup(new NightId("2026-01-09"), other);
        publish(Subjects.status(JobId.backup(job.night(), own)), Samples.succeeded(job, Instant.now()));
        var night = new NightId("2026-01-10T030405.000");
        publish(Subjects.snapshotReady("elsewhere"), Samples.ready("daedalus", night, Instant.now(), Instant.now()));

        await().atMost(SOON)
                .until(() -> rejected().stream()
                                .filter(rejected -> rejected.reason().contains("its content belongs on"))
                                .count()
                        == 2);
        assertThat(ledger.freshness(other, Work.BACKUP).flatMap(Freshness::good))
                .matches(good -> good.isEmpty() || !good.get().night().equals(job.night()));
        assertThat(jobs(night)).isEmpty();
    }

    @Test
    void what_is_no_end_of_a_job_where_its_end_is_kept_counts_for_nothing_and_holds_up_nobody() throws Exception {
        var job = JobId.backup(new NightId("2026-01-11"), new Target("daedalus", "app06", "local"));
        var other = JobId.backup(new NightId("2026-01-11"), new Target("daedalus", "app07", "local"));
        var own = new JobStatus.Skipped(job, Instant.now(), 0, Failure.of(Cause.SUPERSEDED, "overtaken", ""));
        var results = nats.keyValue(Buckets.RESULTS);

        results.put(job.key(), "garbage".getBytes(StandardCharsets.UTF_8));
        assertThat(ledger.decide(own)).isEqualTo(own);
        results.put(job.key(), Wire.write(Samples.succeeded(other, Instant.now())));
        assertThat(ledger.decide(own)).isEqualTo(own);
        var end = Samples.succeeded(job, Instant.now().truncatedTo(ChronoUnit.MILLIS));
        results.put(job.key(), Wire.write(end));
        assertThat(ledger.decide(own)).isEqualTo(end);
    }

    @Test
    void a_night_that_is_still_to_come_is_not_taken_away() throws Exception {
        var tomorrow =
                new NightId(LocalDate.now(fleet.schedule().zone()).plusDays(2).toString());
        publish(
                Subjects.NIGHT_START,
                new StartNight(Optional.of(tomorrow), Optional.empty(), Optional.empty(), List.of()));

        await().atMost(SOON)
                .until(() -> rejected().stream()
                        .anyMatch(rejected -> rejected.reason().contains(tomorrow + " is still to come")));
        assertThat(ledger.night(tomorrow)).isEmpty();
    }

    private void endAll(NightId night) throws Exception {
        for (var job : jobs(night)) {
            publish(Subjects.status(job.id()), Samples.succeeded(job.id(), Instant.now()));
        }
    }

    private List<Job> jobs(NightId night) {
        return heard.stream()
                .filter(message -> message.getSubject().startsWith("backup.job."))
                .map(message -> Wire.read(message.getData(), Job.class))
                .filter(job -> job.id().night().equals(night))
                .toList();
    }

    private List<JobStatus> of(NightId night, String prefix, Class<JobStatus> type) {
        return heard.stream()
                .filter(message -> message.getSubject().startsWith(prefix))
                .map(message -> Wire.read(message.getData(), type))
                .filter(status -> status.job().night().equals(night))
                .toList();
    }

    private long releases(NightId night) {
        return heard.stream()
                .filter(message -> message.getSubject().equals(Subjects.snapshotRelease("daedalus")))
                .filter(message -> Wire.read(message.getData(), SnapshotEvent.class)
                        .night()
                        .equals(night))
                .count();
    }

    private List<Rejected> rejected() {
        return heard.stream()
                .filter(message -> message.getSubject().equals(Subjects.REJECTED))
                .map(message -> Wire.read(message.getData(), Rejected.class))
                .toList();
    }

    private void publish(String subject, Object message) throws Exception {
        nats.jetStream().publish(subject, Wire.write(message));
    }
}
