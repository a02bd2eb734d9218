package io.nightshift.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.Progress;
import io.nightshift.contract.event.Rejected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person does with the {@code nats} command line, while everything runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManualIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Target FILES_TO_DISK = new Target("here", "files", "disk");

    private Path work;
    private Running up;
    private Connection nats;
    private Subscription statuses;
    private Subscription progress;
    private Subscription jobs;
    private Subscription rejected;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Programs.require("restic", "nats-server", "openssl", "setpriv");
        work = folder;
        up = Running.start(work, fleet());
        nats = up.nats();
    }

    @AfterAll
    void stop() throws Exception {
        if (up != null) {
            up.close();
        }
    }

    @BeforeEach
    void listen() throws Exception {
        statuses = nats.subscribe("backup.status.>");
        progress = nats.subscribe("backup.progress.>");
        jobs = nats.subscribe("backup.job.>");
        rejected = nats.subscribe("backup.rejected");
        nats.flush(Duration.ofSeconds(10));
    }

    @AfterEach
    void listenNoMore() {
        List.of(statuses, progress, jobs, rejected).forEach(Subscription::unsubscribe);
    }

    @Test
    void an_empty_message_runs_the_job_that_its_subject_names_and_no_other() throws Exception {
        nats.publish("backup.request.here.files.disk", new byte[0]);
        var states = statesUntil(all -> all.stream().anyMatch(JobStatus::isFinal));
        assertThat(states).extracting(JobStatus::state).containsExactly("queued", "running", "succeeded");
        assertThat(states).extracting(status -> status.job().target()).containsOnly(FILES_TO_DISK);
        assertThat(states)
                .extracting(JobStatus::job)
                .hasSize(3)
                .containsOnly(states.get(0).job());
        assertThat(up.all(jobs)).extracting(Message::getSubject).containsExactly("backup.job.here.files.disk");
        assertThat(up.all(progress))
                .isNotEmpty()
                .extracting(message -> Wire.read(message.getData(), Progress.class))
                .allSatisfy(step -> {
                    assertThat(step.job()).isEqualTo(states.get(0).job());
                    assertThat(step.percent()).isBetween(0.0, 100.0);
                })
                .anySatisfy(step -> assertThat(step.bytesDone()).isPositive());
        assertThat(up.all(rejected)).isEmpty();
    }

    @Test
    void all_stands_for_every_destination() throws Exception {
        nats.publish("backup.request.here.notes.all", new byte[0]);
        var ends = new TreeMap<Target, String>();
        statesUntil(states -> {
            states.stream()
                    .filter(JobStatus::isFinal)
                    .forEach(end -> ends.put(end.job().target(), end.state()));
            return ends.size() == 2;
        });
        assertThat(ends)
                .isEqualTo(Map.of(
                        new Target("here", "notes", "disk"), "succeeded",
                        new Target("here", "notes", "stick"), "succeeded"));
        assertThat(up.all(jobs)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "backup.request.here.files.disk | {\"snapshot\": fre | not a BackupRequest",
                "backup.request.here.files.disk | {\"snapshot\":\"yesterday's\"} | not a BackupRequest",
                "backup.request.here.nothing.disk | {} | there is no service 'nothing'",
                "backup.request.here | {} | not backup.request.<host>.<service>.<destination>"
            })
    void what_cannot_be_understood_is_rejected_with_a_reason_and_runs_nothing(
            String subject, String body, String reason) throws Exception {
        nats.publish(subject, body.getBytes(StandardCharsets.UTF_8));
        var message = rejected.nextMessage(LIMIT);
        assertThat(message).as("nothing was rejected").isNotNull();
        var answer = Wire.read(message.getData(), Rejected.class);
        assertThat(answer.subject()).isEqualTo(subject);
        assertThat(answer.reason()).contains(reason);
        assertThat(answer.body()).contains(body);
        Awaitility.await("the request is gone, so it is not rejected again")
                .untilAsserted(() -> assertThat(requests()).isZero());
        assertThat(up.all(jobs)).isEmpty();
        assertThat(up.all(statuses)).isEmpty();
    }

    /** Two services at two destinations. The upload limit gives restic some seconds to report of; the next night is far. */
    private Path fleet() throws IOException {
        var big = new byte[12_000_000];
        new Random(1).nextBytes(big);
        Files.write(Files.createDirectories(work.resolve("Daten ü/files")).resolve("big"), big);
        Files.writeString(Files.createDirectories(work.resolve("Daten ü/notes")).resolve("note"), "worth keeping");
        Files.createDirectories(work.resolve("disk"));
        Files.createDirectories(work.resolve("stick"));
        Programs.secret(work.resolve("password"), "right");
        var far = LocalTime.now(ZoneOffset.UTC).plusHours(12).format(DateTimeFormatter.ofPattern("HH:mm"));
        var fleet = """
                backup:
                  schedule: { at: "FAR", zone: UTC }
                  limit-upload: 4000
                  destinations:
                    disk: { repository: "WORK/disk/{host}/{service}", password-file: "WORK/password" }
                    stick: { repository: "WORK/stick/{host}/{service}", password-file: "WORK/password" }
                  hosts:
                    here:
                      purpose: production
                      snapshot: copy
                      services:
                        files: { paths: ["WORK/Daten ü/files"] }
                        notes: { paths: ["WORK/Daten ü/notes"] }
                """;
        return Files.writeString(
                work.resolve("backups.yaml"),
                fleet.replace("WORK", work.toString()).replace("FAR", far));
    }

    private List<JobStatus> statesUntil(Predicate<List<JobStatus>> enough) throws InterruptedException {
        var states = new ArrayList<JobStatus>();
        while (!enough.test(states)) {
            var message = statuses.nextMessage(LIMIT);
            assertThat(message)
                    .as("no news for " + LIMIT + " after " + states + up.output())
                    .isNotNull();
            states.add(Wire.read(message.getData(), JobStatus.class));
        }
        return states;
    }

    private long requests() throws Exception {
        return nats.jetStreamManagement()
                .getStreamInfo(Subjects.REQUESTS_STREAM)
                .getStreamState()
                .getMsgCount();
    }
}
