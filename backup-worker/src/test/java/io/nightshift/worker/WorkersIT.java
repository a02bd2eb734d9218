package io.nightshift.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.impl.Headers;
import io.nightshift.contract.Buckets;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.nats.testing.NatsServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several workers, each a process of its own, as they are deployed. */
class WorkersIT {
    private final WorkerFixture host = WorkerFixture.create();
    private final WorkerProcesses workers = new WorkerProcesses(host.folder);
    private final Queue<JobStatus> states = new ConcurrentLinkedQueue<>();
    private NatsServer server;
    private Connection nats;

    @BeforeEach
    void start() throws Exception {
        server = NatsServer.start();
        nats = Nats.connect(server.url());
    }

    @AfterEach
    void stop() throws Exception {
        workers.close();
        nats.close();
        server.close();
    }

    @Test
    void three_workers_keep_the_limit_of_a_destination_and_one_lease_a_repository() throws Exception {
        host.takeView("2026-04-17", "data");
        for (int i = 0; i < 3; i++) {
            worker();
        }
        listen();
        for (var service : List.of("app", "other", "third")) {
            publish(host.backup("2026-04-17", service, "narrow"), service);
        }
        await().atMost(Duration.ofSeconds(90)).until(() -> ends() == 3);
        assertThat(mostAtOnce()).isEqualTo(1);
        assertThat(states).filteredOn(JobStatus::isFinal).allMatch(JobStatus.Succeeded.class::isInstance);

        publish(host.forget("2026-04-17", "app", "narrow", 1), "forget");
        publish(host.check("2026-04-17", "app", "narrow"), "check");
        await().atMost(Duration.ofSeconds(60)).until(() -> ends() == 5);
        assertThat(mostAtOnce()).isEqualTo(1);
        assertThat(states).filteredOn(JobStatus::isFinal).allMatch(JobStatus.Succeeded.class::isInstance);
    }

    @Test
    void a_worker_that_is_stopped_leaves_no_lock_and_another_brings_its_job_to_the_end() throws Exception {
        var job = bigJob();
        var first = worker();
        var locks = begun(job);

        first.destroy(); // SIGTERM
        assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(count(locks)).isZero();
        assertThat(states)
                .last()
                .isInstanceOfSatisfying(
                        JobStatus.Queued.class,
                        queued -> assertThat(queued.lastFailure().orElseThrow().cause())
                                .isEqualTo(Cause.STOPPED));

        Files.write(host.view("2026-04-17").resolve("persist/app/big"), new byte[1]);
        worker();
        await().atMost(Duration.ofSeconds(60)).until(() -> ends() == 1);
        assertThat(states).last().isInstanceOf(JobStatus.Succeeded.class);
    }

    @Test
    void a_worker_that_is_killed_is_followed_by_another_and_its_crash_is_counted() throws Exception {
        var job = bigJob();
        var first = worker();
        begun(job);

        first.destroyForcibly().waitFor();
        worker();
        await().atMost(Duration.ofSeconds(120)).until(() -> ends() == 1);
        assertThat(states).last().isInstanceOf(JobStatus.Succeeded.class);
        assertThat(states.stream().filter(JobStatus.Running.class::isInstance)).hasSize(2);
        var attempts = nats.keyValue(Buckets.ATTEMPTS).get(job.id().key());
        assertThat(Wire.read(attempts.getValue(), Attempts.class).crashes()).isEqualTo(1);
    }

    private Job bigJob() throws Exception {
        host.takeView("2026-04-17", "data");
        Files.write(host.view("2026-04-17").resolve("persist/app/big"), new byte[4 << 20]);
        return slow(host.backup("2026-04-17", "app", "local"));
    }

    /** Hands the job out and waits until restic holds its repository; the folder of its locks. */
    private Path begun(Job job) throws Exception {
        listen();
        publish(job, "job");
        var locks = host.repository(job.id().target()).resolve("locks");
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.isDirectory(locks) && count(locks) == 1);
        return locks;
    }

    /** Incompressible would be quicker to write than to explain: the limit is on what is sent. */
    private static Job slow(Job.Backup job) {
        var limits = new io.nightshift.contract.event.Limits(
                Duration.ofMinutes(5), java.util.Optional.of(1), java.util.Optional.empty(), 1);
        return new Job.Backup(
                job.id(),
                job.due(),
                job.repository(),
                limits,
                job.source(),
                job.paths(),
                job.excludes(),
                job.tags(),
                job.allowEmpty(),
                job.shrinkTolerance());
    }

    private Process worker() throws Exception {
        return workers.start(
                server.url(),
                WorkerFixture.HOST,
                "nightshift.worker.destinations=local,narrow",
                "nightshift.worker.view-root=" + host.folder.resolve("views"),
                "nightshift.worker.lease-renewal=PT1S",
                "nats.key-value.backup_leases.ttl=PT10S",
                "mp.messaging.incoming.jobs.ack-wait=PT6S",
                "mp.messaging.incoming.jobs.heartbeat=PT1S");
    }

    private void listen() throws Exception {
        var options =
                PushSubscribeOptions.builder().stream(Subjects.STATUS_STREAM).build();
        var dispatcher = nats.createDispatcher();
        nats.jetStream()
                .subscribe(
                        ">",
                        dispatcher,
                        message -> states.add(Wire.read(message.getData(), JobStatus.class)),
                        true,
                        options);
    }

    private void publish(Job job, String id) throws Exception {
        nats.jetStream().publish(job.subject(), new Headers().put("Nats-Msg-Id", id), Wire.write(job));
    }

    private long ends() {
        return states.stream().filter(JobStatus::isFinal).count();
    }

    /** A running state comes after the lease was taken, an end before it is given back. */
    private int mostAtOnce() {
        var running = new HashSet<String>();
        int most = 0;
        for (var state : states) {
            if (state instanceof JobStatus.Running) {
                running.add(state.job().toString());
            } else {
                running.remove(state.job().toString());
            }
            most = Math.max(most, running.size());
        }
        return most;
    }

    private static long count(Path folder) throws Exception {
        try (var files = Files.list(folder)) {
            return files.count();
        }
    }
}
