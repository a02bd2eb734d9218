package io.nightshift.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Subscription;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.RunResult;
import io.nightshift.contract.event.SnapshotEvent;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a request can ask for besides a backup of the night's snapshot: a fresh snapshot, forget, check. */
class RequestedWorkIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String REQUEST = "backup.request.here.notes.disk";
    private static final String STATUS = "backup.status.here.notes.disk";

    @TempDir
    Path work;

    private Running up;
    private Subscription states;
    private Subscription snapshots;

    @BeforeAll
    static void programs() {
        Programs.require("restic", "nats-server", "openssl", "setpriv");
    }

    @BeforeEach
    void start() throws Exception {
        writeNote("first");
        Files.createDirectories(work.resolve("disk"));
        Programs.secret(work.resolve("password"), "right");
        up = Running.start(work, fleet());
        states = up.nats().subscribe(STATUS);
        snapshots = up.nats().subscribe("backup.snapshot.here.*");
        up.nats().flush(Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (up != null) {
            up.close();
        }
    }

    @Test
    void a_fresh_snapshot_is_taken_only_where_it_is_asked_for() throws Exception {
        assertThat(note(backup("{}"))).isEqualTo("first");
        writeNote("second");
        var again = backup("{\"snapshot\":\"night\"}");
        assertThat(note(again)).isEqualTo("first");
        var nights = readyNights();

        var fresh = backup("{\"snapshot\":\"fresh\"}");
        assertThat(note(fresh)).isEqualTo("second");
        assertThat(readyNights())
                .singleElement()
                .isEqualTo(fresh.job().night().toString())
                .isNotIn(nights);
    }

    @Test
    void forget_keeps_what_the_retention_says_and_check_and_restore_test_find_what_is_broken() throws Exception {
        for (int i = 0; i < 3; i++) {
            backup("{\"snapshot\":\"fresh\"}");
        }
        assertThat(snapshotIds()).hasSize(3);

        var forgotten = (RunResult.Forget) upkeep("forget").outcome().orElseThrow();
        assertThat(forgotten.snapshotsKept()).isEqualTo(1);
        assertThat(forgotten.snapshotsRemoved()).isEqualTo(2);
        assertThat(snapshotIds()).hasSize(1);

        var checked = upkeep("check");
        assertThat(checked).isInstanceOf(JobStatus.Succeeded.class);
        assertThat(((RunResult.Check) checked.outcome().orElseThrow()).errors()).isZero();

        var tested = (RunResult.RestoreTest) upkeep("restore-test").outcome().orElseThrow();
        assertThat(tested.files()).isEqualTo(tested.filesInSnapshot()).isPositive();
        assertThat(snapshotIds()).singleElement().isEqualTo(tested.snapshot());

        destroyData();
        var broken = upkeep("check");
        assertThat(broken).isInstanceOf(JobStatus.Failed.class);
        assertThat(broken.problem().orElseThrow().message()).contains("check");
        assertThat(upkeep("restore-test")).isInstanceOf(JobStatus.Failed.class);
        assertThat(up.all(states)).isEmpty();
    }

    private JobStatus backup(String body) throws Exception {
        up.nats().publish(REQUEST, body.getBytes(StandardCharsets.UTF_8));
        var end = end(states);
        assertThat(end).as(up.output()).isInstanceOf(JobStatus.Succeeded.class);
        return end;
    }

    private JobStatus upkeep(String work) throws Exception {
        var upkeep = up.nats().subscribe("backup.upkeep.here.notes.disk." + work);
        try {
            up.nats().publish(REQUEST, ("{\"work\":\"" + work + "\"}").getBytes(StandardCharsets.UTF_8));
            return end(upkeep);
        } finally {
            upkeep.unsubscribe();
        }
    }

    private JobStatus end(Subscription subscription) throws Exception {
        while (true) {
            var message = subscription.nextMessage(LIMIT);
            assertThat(message).as("no news for " + LIMIT + "\n" + up.output()).isNotNull();
            var status = Wire.read(message.getData(), JobStatus.class);
            if (status.isFinal()) {
                return status;
            }
        }
    }

    private List<String> readyNights() throws Exception {
        return up.all(snapshots).stream()
                .map(message -> Wire.read(message.getData(), SnapshotEvent.class))
                .filter(SnapshotEvent.Ready.class::isInstance)
                .map(ready -> ready.night().toString())
                .toList();
    }

    private void writeNote(String text) throws IOException {
        Files.writeString(Files.createDirectories(work.resolve("Daten ü")).resolve("note"), text);
    }

    /** As the snapshot that the job made has it. */
    private String note(JobStatus end) throws Exception {
        var result = (RunResult.Backup) end.outcome().orElseThrow();
        return restic("dump", result.snapshot(), work.resolve("Daten ü/note").toString());
    }

    private List<String> snapshotIds() throws Exception {
        return restic("list", "snapshots", "--no-lock").lines().toList();
    }

    private String restic(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("restic", "--quiet", "--no-cache", "-r", repository()));
        command.addAll(List.of(arguments));
        var ended = Programs.run(
                work.resolve("restic.log"),
                Map.of("RESTIC_PASSWORD_FILE", work.resolve("password").toString()),
                LIMIT,
                command);
        assertThat(ended.code()).as(ended.output()).isZero();
        return ended.output();
    }

    private String repository() {
        return work.resolve("disk/here/notes").toString();
    }

    private void destroyData() throws IOException {
        try (var packs = Files.walk(Path.of(repository(), "data"))) {
            for (var pack : packs.filter(Files::isRegularFile).toList()) {
                Files.delete(pack);
            }
        }
    }

    /** Its own night is far, so that nothing but requests makes jobs. */
    private Path fleet() throws IOException {
        var far = LocalTime.now(ZoneOffset.UTC).plusHours(12).format(DateTimeFormatter.ofPattern("HH:mm"));
        var fleet = """
                backup:
                  schedule: { at: "FAR", zone: UTC }
                  retention: { keep-last: 1 }
                  upkeep: { forget: never, check: never }
                  destinations:
                    disk: { repository: "WORK/disk/{host}/{service}", password-file: "WORK/password" }
                  hosts:
                    here:
                      snapshot: copy
                      services:
                        notes: { paths: ["WORK/Daten ü"] }
                """;
        return Files.writeString(
                work.resolve("backups.yaml"),
                fleet.replace("WORK", work.toString()).replace("FAR", far));
    }
}
