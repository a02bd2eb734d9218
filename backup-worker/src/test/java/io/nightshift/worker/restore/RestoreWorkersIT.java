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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Workers that die or are stopped in the middle of a restore, each a process of its own. */
class RestoreWorkersIT {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Target TARGET = new Target(RestoreFixture.HOST, "killed", "local");

    private final RestoreFixture host = RestoreFixture.create();
    private final List<Process> workers = new ArrayList<>();
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
        workers.forEach(worker -> {
            worker.descendants().forEach(ProcessHandle::destroyForcibly);
            worker.destroyForcibly();
        });
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
        var log = host.folder.resolve("worker-" + workers.size() + ".log").toFile();
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-Dnats.servers=" + server.url(),
                        "-Dnats.key-value.backup_leases.ttl=PT12S",
                        "-Dmp.messaging.incoming.restores.ack-wait=PT10S",
                        "-Dmp.messaging.incoming.restores.heartbeat=PT2S",
                        "-Dquarkus.http.port=0",
                        "-Dnightshift.fleet=" + host.folder.resolve("fleet.yaml"),
                        "-Dnightshift.worker.host=" + RestoreFixture.HOST,
                        "-Dnightshift.worker.destinations=local",
                        "-Dnightshift.worker.state-dir=" + host.folder.resolve("zustand"),
                        "-Dnightshift.worker.lease-renewal=PT2S",
                        "-Dnightshift.worker.lease-limit=PT10S",
                        "-Dnightshift.worker.retry-lock=PT1S",
                        "-Dnightshift.worker.stop-grace=PT1S",
                        "-Dnightshift.restore.roots=" + host.restored(),
                        "-jar",
                        JAR.toString())
                .redirectErrorStream(true)
                .redirectOutput(log);
        builder.environment().put("LC_ALL", "C.UTF-8");
        var process = builder.start();
        workers.add(process);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            assertThat(process.isAlive()).as(() -> read(log.toPath())).isTrue();
            return read(log.toPath()).contains("started in");
        });
        return process;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            return "";
        }
    }
}
