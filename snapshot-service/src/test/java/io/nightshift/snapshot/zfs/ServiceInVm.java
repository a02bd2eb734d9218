package io.nightshift.snapshot.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.nats.testing.NatsServer;
import io.nightshift.process.SystemProgramRunner;
import io.nightshift.snapshot.Programs;
import io.nightshift.snapshot.Views;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged service as a process, with a real nats-server and real OpenZFS: run by {@link ZfsVmIT}. */
class ServiceInVm {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Path DATA = Path.of("/persist/containers/prowlarr");

    private final Programs programs = new Programs(new SystemProgramRunner(), Duration.ofMinutes(1));
    private final Views views = new Views(Path.of("/run/nightshift/views"));
    private NatsServer server;
    private Connection nats;
    private Path folder;
    private Process service;

    @BeforeEach
    void prepare() throws Exception {
        folder = Files.createTempDirectory("Dienst ");
        server = NatsServer.start();
        nats = Nats.connect(server.url());
        programs.run(List.of("zfs", "create", "rpool/safe/persist/containers"));
        Files.createDirectories(DATA);
        Files.writeString(DATA.resolve("config.xml"), "first night");
        Files.writeString(folder.resolve("backups.yaml"), """
                backup:
                  schedule: { zone: Europe/Berlin }
                  destinations:
                    local: { repository: "/mnt/nas/{host}/{service}", password-file: /run/secrets/restic }
                  hosts:
                    daedalus:
                      datasets: [rpool/safe/persist]
                      services:
                        prowlarr: { paths: [/persist/containers/prowlarr] }
                """);
        startService();
    }

    private void startService() throws IOException {
        Path jar = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
        var builder = new ProcessBuilder("java", "-XX:TieredStopAtLevel=1", "-jar", jar.toString());
        builder.environment()
                .put("NIGHTSHIFT_FLEET", folder.resolve("backups.yaml").toString());
        builder.environment().put("NIGHTSHIFT_SNAPSHOT_HOST", "daedalus");
        builder.environment().put("NIGHTSHIFT_SNAPSHOT_CLEAN_UP_EVERY", "PT1S");
        builder.environment().put("NATS_SERVERS", server.url());
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        service = builder.start();
    }

    private Path log() {
        return folder.resolve("service.log");
    }

    @AfterEach
    void stop() throws Exception {
        service.destroy();
        service.waitFor(60, TimeUnit.SECONDS);
        System.out.println(Files.readString(log()));
        nats.close();
        server.close();
    }

    @Test
    void a_night_a_crash_with_reboot_and_a_second_night() throws Exception {
        publish(Subjects.NIGHT_START, new byte[0]);
        SnapshotEvent.Ready first = awaitReady(null);
        Path view = Path.of(first.source().view().orElseThrow());
        Path copy = Path.of(view + DATA.toString()).resolve("config.xml");
        Files.writeString(DATA.resolve("config.xml"), "second night");
        assertThat(copy).hasContent("first night");
        assertThat(views.marker(first.night())).contains(first);

        service.destroyForcibly().waitFor();
        for (var mount : Mounts.read().below(view)) {
            programs.run(List.of("umount", mount.place().toString()));
        }
        programs.run(List.of("rm", "-r", "--one-file-system", view.toString()));
        startService();
        await().atMost(LIMIT).until(() -> views.marker(first.night()).isPresent());
        assertThat(copy).hasContent("first night");

        publish(
                Subjects.snapshotRelease("daedalus"),
                Wire.write(new SnapshotEvent.Release("daedalus", first.night(), Instant.now())));
        await().atMost(LIMIT).until(() -> holds().isEmpty());
        assertThat(copy).hasContent("first night");

        publish(Subjects.NIGHT_START, new byte[0]);
        SnapshotEvent.Ready second = awaitReady(first.night());
        assertThat(second.source().datasets().get(0).snapshot()).isEqualTo("rpool/safe/persist@restic_nightly_snap");
        assertThat(Path.of(second.source().view().orElseThrow() + DATA.toString())
                        .resolve("config.xml"))
                .hasContent("second night");
        assertThat(view).doesNotExist();
        assertThat(holds()).hasSize(1);
    }

    private List<String> holds() throws InterruptedException {
        return programs.run(List.of("zfs", "holds", "-Hp", "rpool/safe/persist@restic_nightly_snap"));
    }

    private SnapshotEvent.Ready awaitReady(NightId after) {
        return await().atMost(LIMIT)
                .ignoreExceptionsMatching(e -> e instanceof JetStreamApiException || e instanceof IOException)
                .until(this::lastReady, ready -> !ready.night().equals(after));
    }

    private SnapshotEvent.Ready lastReady() throws IOException, JetStreamApiException {
        byte[] body = nats.jetStreamManagement()
                .getLastMessage(Subjects.EVENTS_STREAM, Subjects.snapshotReady("daedalus"))
                .getData();
        return Wire.read(body, SnapshotEvent.Ready.class);
    }

    /** The streams are made by the service. */
    private void publish(String subject, byte[] body) {
        await().atMost(LIMIT).ignoreExceptions().until(() -> nats.jetStream().publish(subject, body) != null);
    }
}
