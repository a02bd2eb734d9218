package io.nightshift.it.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.RestoreStatus;
import io.nightshift.it.Bus;
import io.nightshift.it.Programs;
import io.nightshift.it.PushoverServer;
import io.nightshift.it.Running;
import io.nightshift.it.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A night with a failure, restores, wrong passwords and wrong tokens, all at DEBUG, with random secrets: they are in no log,
 * message, argument list, environment, answer or file but their own. Then the same search finds what was planted.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@Timeout(600)
class SecretsIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String S3_KEY = "S3 key";

    private final KnownSecrets secrets = new KnownSecrets();
    private final Map<String, String> ends = new ConcurrentHashMap<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Set<Path> ownFiles = new TreeSet<>();
    private Path work;
    private S3Server s3;
    private PushoverServer pushover;
    private Running up;
    private ProcessWatch watch;
    private Connection admin;
    private Site site;

    @BeforeAll
    void aNightWithAllThatGoesWrong(@TempDir Path folder) throws Exception {
        Programs.require("restic", "nats-server", "openssl", "setpriv");
        work = folder;
        s3 = S3Server.start(
                work, secret(S3_KEY, work.resolve("s3.env"), "AWS_ACCESS_KEY_ID=nightshift\nAWS_SECRET_ACCESS_KEY="));
        ownFiles.add(work.resolve("s3proxy.conf"));
        pushover = PushoverServer.start();
        var fleet = fleet();
        var bus = new Bus(work.resolve("state/bus"));
        bus.setUp(fleet, "--serve", "here");
        for (var user : List.of("serve", "operator", "admin")) {
            var file = bus.directory().resolve("users/" + user + ".nk");
            secrets.add("seed of " + user, Files.readString(file).strip());
            ownFiles.add(file);
        }
        var token = secret("page token", work.resolve("token"), "");
        watch = new ProcessWatch(secrets, Set.of(S3_KEY));
        up = Running.start(work, fleet, settings());
        admin = Nats.connect(bus.as("admin").build());
        admin.createDispatcher(message -> {
                    heard.addAll(secrets.findings("a message on " + message.getSubject(), message.getData()));
                    note(message.getSubject(), message.getData());
                })
                .subscribe(">");
        admin.flush(LIMIT);
        site = new Site(work.resolve("state/command.env"), token);
        run();
    }

    @AfterAll
    void stop() throws Exception {
        if (admin != null) {
            admin.close();
        }
        if (up != null) {
            up.close();
        }
        if (watch != null) {
            watch.close();
        }
        if (pushover != null) {
            pushover.close();
        }
        if (s3 != null) {
            s3.close();
        }
    }

    /** Random, in a file of its own behind some text. With signs that a URL would change, as S3 keys have them. */
    private String secret(String name, Path file, String before) throws IOException {
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        var value = "+/" + Base64.getEncoder().encodeToString(bytes);
        secrets.add(name, value);
        ownFiles.add(Programs.secret(file, before + value + "\n"));
        return value;
    }

    private Map<String, String> settings() throws IOException {
        secret("Pushover token", work.resolve("pushover-token"), "");
        secret("Pushover user", work.resolve("pushover-user"), "");
        var settings = new HashMap<String, String>();
        settings.put("QUARKUS_LOG_LEVEL", "DEBUG");
        settings.put("NIGHTSHIFT_SCHEDULER_TOKEN_FILE", work.resolve("token").toString());
        settings.put("NIGHTSHIFT_NOTIFIER_PUSHOVER_BASE_URL", pushover.url());
        settings.put(
                "NIGHTSHIFT_NOTIFIER_PUSHOVER_TOKEN_FILE",
                work.resolve("pushover-token").toString());
        settings.put(
                "NIGHTSHIFT_NOTIFIER_PUSHOVER_USER_FILE",
                work.resolve("pushover-user").toString());
        settings.put("NIGHTSHIFT_NOTIFIER_GATHER", "PT0S");
        settings.put("NIGHTSHIFT_WORKER_RETRY_FOR", "PT0S");
        return settings;
    }

    /** One destination in a folder, one that speaks S3, and one whose repository has another password. */
    private Path fleet() throws Exception {
        secret("restic password", work.resolve("password"), "");
        Programs.secret(work.resolve("other-password"), "another");
        Files.writeString(Files.createDirectories(work.resolve("data")).resolve("file"), "worth keeping");
        var locked = Files.createDirectories(work.resolve("locked/here")).resolve("files");
        var made = new ProcessBuilder(
                        "restic",
                        "init",
                        "-q",
                        "-r",
                        locked.toString(),
                        "-p",
                        work.resolve("other-password").toString())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("init.log").toFile())
                .start();
        assertThat(made.waitFor()).isZero();
        var fleet = """
                backup:
                  schedule: { zone: UTC }
                  destinations:
                    disk: { repository: "WORK/disk/{host}/{service}", password-file: "WORK/password" }
                    cloud: { repository: "s3:URL/backups/{host}/{service}", password-file: "WORK/password", env-file: "WORK/s3.env" }
                    locked: { repository: "WORK/locked/{host}/{service}", password-file: "WORK/password" }
                  hosts:
                    here: { purpose: production, snapshot: copy, services: { files: { paths: ["WORK/data"] } } }
                """;
        Files.createDirectories(work.resolve("disk"));
        return Files.writeString(
                work.resolve("backups.yaml"),
                fleet.replace("WORK", work.toString()).replace("URL", s3.url()));
    }

    private void note(String subject, byte[] body) {
        if (subject.startsWith("backup.status.")) {
            var status = Wire.read(body, JobStatus.class);
            if (status.isFinal()) {
                ends.put("backup " + status.job().target().destination(), status.state());
            }
        } else if (subject.startsWith("backup.restored.")) {
            var status = Wire.read(body, RestoreStatus.class);
            if (status.isFinal()) {
                ends.put("restore " + status.target().destination(), status.state());
            }
        }
    }

    private void run() throws Exception {
        up.nats().publish("backup.night.start", new byte[0]);
        awaitEnds(3);
        for (var destination : List.of("disk", "cloud", "locked")) {
            up.nats().publish("backup.restore.here.files." + destination, new byte[0]);
        }
        awaitEnds(6);
        up.nats().publish("backup.restore.here.files.disk", "{\"password\":1}".getBytes(StandardCharsets.UTF_8));
        up.nats().publish("backup.query.here.files.locked", new byte[0]);
        site.lookAround();
        Awaitility.await("the phone to hear of the wrong password")
                .atMost(LIMIT)
                .until(() -> pushover.messages().stream().anyMatch(message -> message.contains("locked")));
    }

    private void awaitEnds(int count) {
        Awaitility.await(count + " ends").atMost(LIMIT).until(() -> ends.size() == count);
    }

    @Test
    @Order(1)
    void the_night_and_the_restores_went_as_they_should() {
        assertThat(ends)
                .isEqualTo(Map.of(
                        "backup disk", "succeeded",
                        "backup cloud", "succeeded",
                        "backup locked", "failed",
                        "restore disk", "succeeded",
                        "restore cloud", "succeeded",
                        "restore locked", "failed"));
        assertThat(watch.programs()).as("seen while they ran").contains("java", "nats-server", "restic");
        assertThat(site.answers())
                .anyMatch(answer -> answer.contains(" 401 "))
                .anyMatch(answer -> answer.contains(" 200 "));
    }

    @Test
    @Order(2)
    void no_argument_list_and_no_environment_has_a_secret_and_no_process_writes_its_memory() {
        assertThat(watch.findings()).isEmpty();
    }

    @Test
    @Order(3)
    void no_message_that_passes_or_is_kept_has_a_secret() throws Exception {
        assertThat(heard).isEmpty();
        assertThat(inStreams()).isEmpty();
    }

    private List<String> inStreams() throws Exception {
        var found = new ArrayList<String>();
        var management = admin.jetStreamManagement();
        assertThat(management.getStreamNames()).contains("BACKUP_STATUS", "KV_backup_results");
        for (var stream : management.getStreamNames()) {
            var state = management.getStreamInfo(stream).getStreamState();
            for (long number = Math.max(1, state.getFirstSequence()); number <= state.getLastSequence(); number++) {
                if (!state.getDeleted().contains(number)) {
                    found.addAll(inMessage(stream, number));
                }
            }
        }
        return found;
    }

    private List<String> inMessage(String stream, long number) throws Exception {
        try {
            var message = admin.jetStreamManagement().getMessage(stream, number);
            var headers = message.getHeaders() == null
                    ? ""
                    : message.getHeaders().entrySet().toString();
            var all = new ArrayList<>(secrets.findings(
                    stream + " " + number, message.getData() == null ? new byte[0] : message.getData()));
            all.addAll(
                    secrets.findings("headers of " + stream + " " + number, headers.getBytes(StandardCharsets.UTF_8)));
            return all;
        } catch (io.nats.client.JetStreamApiException e) {
            return List.of(); // gone meanwhile: a newer value of its key
        }
    }

    @Test
    @Order(4)
    void no_answer_of_page_api_and_health_has_a_secret() {
        assertThat(site.answers()).hasSizeGreaterThan(20);
        assertThat(site.answers())
                .allSatisfy(answer -> assertThat(secrets.in(answer))
                        .as(answer.lines().findFirst().orElse(""))
                        .isEmpty());
    }

    /** Logs at DEBUG, the store of NATS, restic's cache and temporary files, the repositories, commands, what was restored. */
    @Test
    @Order(5)
    void no_file_but_its_own_has_a_secret() throws Exception {
        assertThat(Files.readString(work.resolve("state/logs/nightshift.log"))).contains(" DEBUG ");
        assertThat(inFiles()).isEmpty();
    }

    private List<String> inFiles() throws IOException {
        var found = new ArrayList<String>();
        try (var files = Files.walk(work)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                if (!ownFiles.contains(file)) {
                    found.addAll(secrets.findings(work.relativize(file).toString(), read(file)));
                }
            }
        }
        return found;
    }

    private static byte[] read(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (java.nio.file.NoSuchFileException e) {
            return new byte[0]; // a log or a temporary file of what runs
        }
    }

    /** The search itself: each place that was empty before is not, once something was put there. */
    @Test
    @Order(6)
    void what_is_planted_is_found_in_each_place() throws Exception {
        var password = Files.readString(work.resolve("password")).strip();
        var hidden = Base64.getEncoder().encodeToString(("user:" + password).getBytes(StandardCharsets.UTF_8));

        Files.writeString(work.resolve("state/logs/planted.log"), "DEBUG Authorization: Basic " + hidden);
        admin.publish("backup.night.planted", hidden.getBytes(StandardCharsets.UTF_8));
        var builder = new ProcessBuilder("cat", "-", hidden); // waits for ever: nobody writes to it
        builder.environment().put("RESTIC_PASSWORD", password);
        var process = builder.redirectErrorStream(true).start();
        try {
            Awaitility.await()
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(watch.findings())
                            .anyMatch(line -> line.startsWith("restic password is in the arguments of cat"))
                            .anyMatch(line -> line.startsWith("restic password is in the environment of cat")));
            Awaitility.await()
                    .atMost(LIMIT)
                    .untilAsserted(() ->
                            assertThat(heard).contains("restic password is in a message on backup.night.planted"));
            assertThat(inStreams()).anyMatch(line -> line.startsWith("restic password is in BACKUP_EVENTS"));
            assertThat(inFiles())
                    .contains("restic password is in state/logs/planted.log")
                    .anyMatch(line -> line.startsWith("restic password is in state/bus/store/"));
        } finally {
            process.destroyForcibly();
        }
    }
}
