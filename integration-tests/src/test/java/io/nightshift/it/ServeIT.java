package io.nightshift.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nightshift.contract.event.JobStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All roles in one process, with nats-server as its child. */
class ServeIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** So short that what is found out after minutes is found out after seconds. */
    private static final Map<String, String> IMPATIENT = Map.of(
            "JAVA_TOOL_OPTIONS",
            "-Dmp.messaging.incoming.jobs.ack-wait=PT12S -Dmp.messaging.incoming.jobs.heartbeat=PT2S"
                    + " -Dnats.key-value.backup_leases.ttl=PT10S -Dnightshift.worker.lease-renewal=PT1S"
                    + " -Dnightshift.worker.lease-limit=PT7S -Dnightshift.worker.backoff=PT1S");

    @TempDir
    Path work;

    private Path data;
    private Path fleet;

    @BeforeEach
    void aFleet() throws Exception {
        Programs.require("restic", "nats-server", "setpriv", "openssl");
        data = Files.createDirectories(work.resolve("data"));
        Files.writeString(data.resolve("note.txt"), "worth keeping");
        fleet = OneDisk.fleet(work, "right", "notes: { paths: [\"WORK/data\"] }");
    }

    @Test
    void a_night_and_a_restore_and_the_bus_may_die_in_between() throws Exception {
        try (var serving = Serving.start(work, fleet, Map.of())) {
            publish(serving, "backup.night.start");
            await().atMost(LIMIT).until(() -> ends(serving), ends -> ends.size() == 1);
            assertThat(ends(serving).get(0)).isInstanceOf(JobStatus.Succeeded.class);

            var answer = serving.nats()
                    .request("backup.query.here.notes.disk", new byte[0], LIMIT)
                    .getData();
            assertThat(new String(answer, UTF_8)).contains("\"total\":1");

            var before = serving.statuses();
            var server = serving.natsServer();
            server.destroyForcibly();
            server.onExit().get();
            serving.awaitReady();
            assertThat(serving.natsServer().pid()).isNotEqualTo(server.pid());
            await().atMost(LIMIT)
                    .ignoreExceptions()
                    .until(() -> serving.statuses().equals(before));

            publish(serving, "backup.restore.here.notes.disk");
            var restored = serving.state().resolve("restored");
            await().atMost(LIMIT).ignoreExceptions().until(() -> found(restored, "note.txt"));
            await().atMost(LIMIT)
                    .until(
                            () -> serving.nats()
                                    .getStreamContext("BACKUP_STATUS")
                                    .getMessage(lastRestore(serving))
                                    .getData(),
                            body -> new String(body, UTF_8).contains("\"state\":\"succeeded\""));
        }
    }

    @Test
    void killed_in_the_middle_of_a_night_and_started_again_nothing_is_done_twice() throws Exception {
        var noise = new byte[64 << 20];
        new Random(1).nextBytes(noise);
        Files.write(data.resolve("noise"), noise);
        try (var serving = Serving.start(work, fleet, IMPATIENT)) {
            publish(serving, "backup.night.start");
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> serving.statuses().stream().anyMatch(JobStatus.Running.class::isInstance));
            serving.kill();
        }
        try (var serving = Serving.start(work, fleet, IMPATIENT)) {
            await().atMost(LIMIT).until(() -> ends(serving), ends -> !ends.isEmpty());
            publish(serving, "backup.request.here.notes.disk");
            await().atMost(LIMIT).until(() -> ends(serving), ends -> ends.size() > 1);
            var jobs = ends(serving).stream().map(JobStatus::job).toList();
            assertThat(jobs).doesNotHaveDuplicates().hasSize(2);
            assertThat(resticSnapshots()).isEqualTo(2);
        }
    }

    @Test
    void a_state_serves_one_process_at_a_time() throws Exception {
        try (var serving = Serving.start(work, fleet, Map.of())) {
            var second = Programs.run(
                    work.resolve("second.log"),
                    Map.of(),
                    LIMIT,
                    List.of(
                            Programs.PROJECT.resolve("serve/run").toString(),
                            "--fleet",
                            fleet.toString(),
                            "--state",
                            serving.state().toString()));
            assertThat(second.code()).isEqualTo(1);
            assertThat(second.output()).contains("is in use by another 'nightshift serve'");
        }
    }

    @Test
    void told_to_end_it_reports_to_the_bus_and_the_bus_goes_last() throws Exception {
        var serving = Serving.start(work, fleet, Map.of());
        serving.close();
        assertThat(serving.output())
                .contains("nightshift stopped in")
                .doesNotContain("Server Shutdown", "not connected to");
    }

    private static void publish(Serving serving, String subject) throws Exception {
        serving.nats().jetStream().publish(subject, new byte[0]);
    }

    private static List<JobStatus> ends(Serving serving) throws Exception {
        return serving.statuses().stream().filter(JobStatus::isFinal).toList();
    }

    private static boolean found(Path folder, String name) throws Exception {
        try (var files = Files.walk(folder)) {
            return files.anyMatch(file -> file.endsWith(name));
        }
    }

    private static long lastRestore(Serving serving) throws Exception {
        return serving.nats()
                .jetStreamManagement()
                .getLastMessage("BACKUP_STATUS", "backup.restored.here.notes.disk")
                .getSeq();
    }

    private int resticSnapshots() throws Exception {
        var ended = Programs.run(
                work.resolve("restic.log"),
                Map.of("RESTIC_PASSWORD_FILE", work.resolve("password").toString()),
                LIMIT,
                List.of(
                        "restic",
                        "-r",
                        work.resolve("disk/here/notes").toString(),
                        "--no-lock",
                        "--json",
                        "snapshots"));
        assertThat(ended.code()).as(ended.output()).isZero();
        return ended.output().split("\"short_id\"", -1).length - 1;
    }
}
