package io.nightshift.snapshot.zfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.Alert;
import io.nightshift.contract.event.Safeguard;
import io.nightshift.contract.event.SafeguardAnswer;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged service as a process, with a real nats-server and real OpenZFS: run by {@link ZfsVmIT}. */
class ServiceInVm {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Path DATA = Path.of("/persist/containers/prowlarr");

    private final Programs programs = new Programs(new SystemProgramRunner(), Duration.ofMinutes(1));
    private Views views;
    private NatsServer server;
    private Connection nats;
    private Path folder;
    private Process service;

    @BeforeEach
    void prepare() throws Exception {
        folder = Files.createTempDirectory("Dienst ");
        views = new Views(folder.resolve("views"));
        programs.run(List.of(
                "cp",
                "-r",
                "target/quarkus-app",
                folder.resolve("app").toString())); // another user may not read it there
        server = NatsServer.start();
        nats = Nats.connect(server.url());
        programs.run(List.of("zfs", "create", "-p", "rpool/safe/persist/containers"));
        Files.createDirectories(DATA);
        Files.writeString(DATA.resolve("config.xml"), "first night");
        writeFleet("view");
    }

    private void writeFleet(String access) throws IOException {
        Files.writeString(folder.resolve("backups.yaml"), """
                backup:
                  schedule: { zone: Europe/Berlin }
                  destinations:
                    local: { repository: "/mnt/nas/{host}/{service}", password-file: /run/secrets/restic }
                  hosts:
                    daedalus:
                      access: ACCESS
                      datasets: [rpool/safe/persist]
                      services:
                        prowlarr: { paths: [/persist/containers/prowlarr] }
                """.replace("ACCESS", access));
    }

    /** @param starter what goes before the command */
    private void startService(String... starter) throws IOException {
        var command = new ArrayList<>(List.of(starter));
        command.addAll(List.of("java", "-XX:TieredStopAtLevel=1"));
        command.add("-Dmp.messaging.incoming.snapshot-night.ack-wait=PT12S");
        command.add("-Dmp.messaging.incoming.snapshot-night.heartbeat=PT2S");
        command.addAll(List.of("-jar", folder.resolve("app/quarkus-run.jar").toString()));
        var builder = new ProcessBuilder(command);
        var environment = builder.environment();
        environment.put("PATH", folder.resolve("bin") + ":" + environment.get("PATH"));
        environment.put("NIGHTSHIFT_FLEET", folder.resolve("backups.yaml").toString());
        environment.put("NIGHTSHIFT_SNAPSHOT_HOST", "daedalus");
        environment.put("NIGHTSHIFT_SNAPSHOT_CLEAN_UP_EVERY", "PT1S");
        environment.put("NIGHTSHIFT_SNAPSHOT_VIEW_ROOT", views.root().toString());
        environment.put("NATS_SERVERS", server.url());
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
        for (var mount : Mounts.read().below(views.root())) {
            programs.run(List.of("umount", mount.place().toString()));
        }
        programs.run(List.of("sh", "-c", """
                for one in $(zfs list -Hp -r -t snapshot -o name rpool/safe/persist); do
                  zfs release nightshift "$one" 2>/dev/null
                  zfs destroy "$one" || exit
                done
                """));
    }

    @Test
    void a_night_a_crash_with_reboot_and_a_second_night() throws Exception {
        startService();
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

        release(first);
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

    /** At its worst: the new ZFS snapshot is there, and not held yet. */
    @Test
    void killed_in_the_middle_of_the_replacement_it_makes_the_night_whole_when_it_is_started_again() throws Exception {
        Path order = folder.resolve("kill at hold");
        Path zfs = Files.createDirectories(folder.resolve("bin")).resolve("zfs");
        Files.writeString(zfs, """
                #!/bin/sh
                if [ "$1" = hold ] && rm '%s' 2>/dev/null; then
                  kill -9 $PPID
                  exit 1
                fi
                PATH=${PATH#*:}
                exec zfs "$@"
                """.formatted(order));
        assertThat(zfs.toFile().setExecutable(true)).isTrue();
        startService();
        publish(Subjects.NIGHT_START, new byte[0]);
        SnapshotEvent.Ready first = awaitReady(null);
        release(first);
        Files.writeString(DATA.resolve("config.xml"), "second night");
        Files.createFile(order);

        publish(Subjects.NIGHT_START, new byte[0]);
        assertThat(service.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(holds()).isEmpty();
        startService();

        SnapshotEvent.Ready second = awaitReady(first.night());
        assertThat(inView(second)).hasContent("second night");
        assertThat(ownSnapshots()).containsExactly("restic_nightly_snap");
        assertThat(holds()).hasSize(1);
        assertThat(views.nights()).containsExactly(second.night());
    }

    /** As containers have it: the service shares its mounts (rshared), and a worker that runs already follows them (rslave); / is shared, as systemd has it. */
    @Test
    void from_a_mount_namespace_of_its_own_its_views_reach_a_worker_in_another() throws Exception {
        var worker =
                new ProcessBuilder("unshare", "--mount", "--propagation", "slave", "cat").start(); // until it is ended
        try {
            startService("unshare", "--mount", "--propagation", "unchanged");
            publish(Subjects.NIGHT_START, new byte[0]);
            SnapshotEvent.Ready first = awaitReady(null);
            Files.writeString(DATA.resolve("config.xml"), "second night");
            assertThat(namespace(worker)).isNotEqualTo(namespace(service));
            assertThat(readBy(worker, inView(first))).containsExactly("first night");
            release(first);

            publish(Subjects.NIGHT_START, new byte[0]);
            SnapshotEvent.Ready second = awaitReady(first.night());
            assertThat(readBy(worker, inView(second))).containsExactly("second night");
            assertThat(Files.readString(Path.of("/proc/" + worker.pid() + "/mounts")))
                    .as("the old view has gone there as well")
                    .doesNotContain("/" + first.night() + "/");
        } finally {
            worker.destroyForcibly().waitFor();
        }
    }

    private static Path namespace(Process process) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/ns/mnt"));
    }

    private List<String> readBy(Process process, Path file) throws InterruptedException {
        return programs.run(
                List.of("nsenter", "--target", Long.toString(process.pid()), "--mount", "cat", file.toString()));
    }

    /** What udev does for /dev/zfs is done here; the rest is as docs say. */
    @Test
    void without_root_it_keeps_nights_by_the_rights_that_zfs_delegates() throws Exception {
        String user = "nobody"; // zfs wants one that has a name
        programs.run(List.of("chmod", "666", "/dev/zfs"));
        programs.run(List.of("zfs", "snapshot", "rpool/safe/persist@autosnap"));
        programs.run(
                List.of("zfs", "allow", user, "snapshot,userprop,hold,release,destroy,mount", "rpool/safe/persist"));
        Path closed = Files.createDirectories(Path.of("/persist/closed"));
        Files.writeString(closed.resolve("file"), "not for everybody");
        programs.run(List.of("chmod", "700", closed.toString()));
        writeFleet("dot-zfs");
        programs.run(List.of("chown", "-R", user, folder.toString()));
        String[] asUser = {"setpriv", "--reuid=" + user, "--regid=65534", "--clear-groups", "--"};
        startService(asUser);
        publish(Subjects.NIGHT_START, new byte[0]);
        SnapshotEvent.Ready first = awaitReady(null);
        Files.writeString(DATA.resolve("config.xml"), "second night");
        assertThat(inDotZfs(first)).hasContent("first night");
        assertThat(first.source().datasets())
                .allSatisfy(dataset -> assertThat(dataset.fileSystemId()).isPresent());
        await().atMost(LIMIT)
                .ignoreExceptionsMatching(e -> e instanceof JetStreamApiException)
                .until(() -> last(Subjects.alert(Alert.UNCOVERED)).contains("daedalus" + closed));
        release(first);

        publish(Subjects.NIGHT_START, new byte[0]);
        SnapshotEvent.Ready second = awaitReady(first.night());
        assertThat(inDotZfs(second)).hasContent("second night");
        assertThat(ownSnapshots()).containsExactly("restic_nightly_snap");
        assertThat(holds()).hasSize(1);
        programs.run(List.of("zfs", "list", "rpool/safe/persist@autosnap"));
        assertThat(Files.readString(log())).doesNotContain("ERROR");

        var safeguard = safeguard("prowlarr");
        Files.writeString(DATA.resolve("config.xml"), "restored");
        assertThat(((SafeguardAnswer.Taken) safeguard).zfsSnapshots())
                .containsExactly("rpool/safe/persist/containers@nightshift-before-restore_prowlarr_local_mine");
        assertThat(Path.of("/persist/containers/.zfs/snapshot/nightshift-before-restore_prowlarr_local_mine")
                        .resolve("prowlarr/config.xml"))
                .hasContent("second night");
        assertThat(((SafeguardAnswer.Failed) safeguard("unknown")).failure().message())
                .contains("does not know service unknown");

        release(second);
        programs.run(List.of("zfs", "unallow", user, "rpool/safe/persist"));
        publish(Subjects.NIGHT_START, new byte[0]);
        await().atMost(LIMIT).until(() -> Files.readString(log()).contains("failed night="));
        assertThat(Files.readString(log()))
                .contains("permission denied; run this service as root; or", "zfs allow <user>");
    }

    /** What a worker asks before a restore in place. */
    private SafeguardAnswer safeguard(String service) throws Exception {
        var subject = Subjects.safeguard(new Target("daedalus", service, "local"));
        var answer = nats.request(subject, Wire.write(new Safeguard("mine", false)), LIMIT);
        return Wire.read(answer.getData(), SafeguardAnswer.class);
    }

    private static Path inView(SnapshotEvent.Ready ready) {
        return Path.of(ready.source().view().orElseThrow() + DATA.toString()).resolve("config.xml");
    }

    private static Path inDotZfs(SnapshotEvent.Ready ready) {
        assertThat(ready.source().view()).isEmpty();
        return Path.of("/persist/containers/.zfs/snapshot/restic_nightly_snap/prowlarr/config.xml");
    }

    private List<String> ownSnapshots() throws InterruptedException {
        return programs
                .run(List.of("zfs", "list", "-Hp", "-d", "1", "-t", "snapshot", "-o", "name", "rpool/safe/persist"))
                .stream()
                .map(name -> name.substring(name.indexOf('@') + 1))
                .filter(name -> name.startsWith("restic_"))
                .toList();
    }

    private void release(SnapshotEvent.Ready ready) {
        publish(
                Subjects.snapshotRelease("daedalus"),
                Wire.write(new SnapshotEvent.Release("daedalus", ready.night(), Instant.now())));
        await().atMost(LIMIT).until(() -> holds().isEmpty());
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
        return Wire.read(last(Subjects.snapshotReady("daedalus")).getBytes(UTF_8), SnapshotEvent.Ready.class);
    }

    private String last(String subject) throws IOException, JetStreamApiException {
        var message = nats.jetStreamManagement().getLastMessage(Subjects.EVENTS_STREAM, subject);
        return new String(message.getData(), UTF_8);
    }

    /** The streams are made by the service. */
    private void publish(String subject, byte[] body) {
        await().atMost(LIMIT).ignoreExceptions().until(() -> nats.jetStream().publish(subject, body) != null);
    }
}
