package io.nightshift.worker.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.RestoreStatus;
import io.nightshift.nats.testing.NatsServer;
import io.nightshift.worker.WorkerProcesses;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Workers that die or are stopped in the middle of a restore, each a process of its own. */
class RestoreWorkersIT {
    private static final Target TARGET = new Target(RestoreFixture.HOST, "killed", "local");

    private final RestoreFixture host = RestoreFixture.create();
    private final WorkerProcesses workers = new WorkerProcesses(host.folder);
    private final byte[] noise = new byte[3 << 20];
    private NatsServer server;
    private Connection nats;

    @BeforeEach
    void start() throws Exception {
        server = NatsServer.start();
        nats = Nats.connect(server.url());
        new Random(2).nextBytes(noise);
        Files.createDirectories(host.data("killed"));
        Files.write(host.data("killed").resolve("big"), noise);
        host.backUp("killed", "2026-04-16 16:00:01");
        Files.writeString(host.data("killed").resolve("big"), "spoiled");
    }

    @AfterEach
    void stop() throws Exception {
        workers.close();
        nats.close();
        server.close();
    }

    @Test
    void after_a_kill_in_the_middle_another_worker_ends_the_restore_and_starts_the_service() throws Exception {
        var first = worker();
        ask();
        await().atMost(Duration.ofSeconds(60)).until(this::isRestoring);

        var restic = first.descendants().toList();
        first.destroyForcibly(); // SIGKILL
        restic.forEach(ProcessHandle::destroyForcibly);
        assertThat(first.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(host.commands("killed")).containsExactly("stop mine");

        worker();
        await().atMost(Duration.ofSeconds(120)).until(() -> last() != null && last().isFinal());
        assertThat(last()).isInstanceOf(RestoreStatus.Succeeded.class);
        assertThat(last().attempt()).isEqualTo(2);
        assertThat(host.data("killed").resolve("big")).hasBinaryContent(noise);
        assertThat(host.commands("killed")).containsExactly("stop mine", "stop mine", "start mine");
    }

    @Test
    void a_worker_that_is_stopped_starts_the_service_and_another_ends_the_restore() throws Exception {
        var first = worker();
        ask();
        await().atMost(Duration.ofSeconds(60)).until(this::isRestoring);

        first.destroy(); // SIGTERM
        assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(host.commands("killed")).containsExactly("stop mine", "start mine");
        assertThat(last()).isInstanceOf(RestoreStatus.Queued.class);

        worker();
        await().atMost(Duration.ofSeconds(120)).until(() -> last().isFinal());
        assertThat(last()).isInstanceOf(RestoreStatus.Succeeded.class);
        assertThat(host.data("killed").resolve("big")).hasBinaryContent(noise);
        assertThat(host.commands("killed")).endsWith("stop mine", "start mine").hasSize(4);
    }

    /** This process stands for another worker at the same state: no lock is kept from the process that has it. */
    @Test
    void a_start_removes_what_killed_workers_have_restored_for_a_test_and_nothing_of_a_live_one() throws Exception {
        var home = Scratch.home(host.folder.resolve("zustand"));
        var left = Files.createDirectories(home.resolve("daedalus.gone.local"));
        Files.writeString(left.resolve("data.txt"), "data");
        try (var live = Scratch.of(home, TARGET).orElseThrow()) {
            Files.writeString(live.folder().resolve("data.txt"), "data");
            worker();
            assertThat(left).doesNotExist();
            assertThat(live.folder().resolve("data.txt")).exists();
        }
    }

    private void ask() throws Exception {
        nats.jetStream()
                .publish(
                        Subjects.restore(RestoreFixture.HOST, "killed", "local"),
                        "{\"id\":\"mine\",\"place\":\"in-place\"}".getBytes(StandardCharsets.UTF_8));
    }

    private boolean isRestoring() throws Exception {
        return last() instanceof RestoreStatus.Running running && running.step() == RestoreStatus.Step.RESTORING;
    }

    private RestoreStatus last() throws Exception {
        try {
            var message = nats.jetStreamManagement().getLastMessage(Subjects.STATUS_STREAM, Subjects.restored(TARGET));
            return Wire.read(message.getData(), RestoreStatus.class);
        } catch (io.nats.client.JetStreamApiException e) {
            return null; // none yet
        }
    }

    /** With short lives of leases and deliveries, so that a dead worker is noticed within seconds. */
    private Process worker() throws Exception {
        return workers.start(
                server.url(),
                RestoreFixture.HOST,
                "nats.key-value.backup_leases.ttl=PT12S",
                "mp.messaging.incoming.restores.ack-wait=PT10S",
                "mp.messaging.incoming.restores.heartbeat=PT2S",
                "nightshift.worker.destinations=local",
                "nightshift.worker.lease-renewal=PT2S",
                "nightshift.worker.lease-limit=PT10S",
                "nightshift.worker.retry-lock=PT1S",
                "nightshift.restore.roots=" + host.restored());
    }
}
