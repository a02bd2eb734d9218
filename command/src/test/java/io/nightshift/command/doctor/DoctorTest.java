package io.nightshift.command.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.command.Peer;
import io.nightshift.command.api.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DoctorTest {
    private static final String PREFIX = "NIGHTSHIFT_NOTIFIER_PUSHOVER_";

    @TempDir
    Path folder;

    private Peer peer;

    @BeforeEach
    void aPeer() throws IOException {
        peer = new Peer();
        peer.with("NATS_SERVERS", "nats://127.0.0.1:1").with("NIGHTSHIFT_HEALTH_URL", peer.url());
        peer.answers("GET /api/verdict", "{\"headline\":\"All 2 backups are safe\"}")
                .answers("GET /q/health/ready", "{}");
    }

    @AfterEach
    void noPeer() {
        peer.close();
    }

    @Test
    void each_line_says_what_is_so_and_what_is_bad_makes_it_fail() {
        var ended = peer.run("doctor");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out().lines())
                .anyMatch(line -> line.matches("OK +scheduler: answers at .*: All 2 backups are safe"))
                .anyMatch(line -> line.matches("BAD +NATS: cannot be reached: .*see whether nats-server runs.*"))
                .anyMatch(line -> line.matches("WARN +fleet file: none is named.*NIGHTSHIFT_FLEET"));
        assertThat(Api.parse(peer.run("doctor", "--json").out()).findValuesAsText("level"))
                .contains("bad", "warn", "ok");
    }

    @Test
    void a_scheduler_that_wants_a_token_is_told_from_one_that_is_not_there() {
        peer.answers("GET /api/verdict", "401 a token is needed");
        assertThat(peer.run("doctor").out()).containsPattern("BAD +scheduler: does not let us in.*TOKEN_FILE");
        peer.with("NIGHTSHIFT_URL", "http://127.0.0.1:1");
        assertThat(peer.run("doctor").out()).containsPattern("BAD +scheduler: .*cannot be reached");
    }

    @Test
    void health_is_asked_for_at_its_own_address() {
        peer.answers("GET /q/health/ready", "503 nats is down");
        assertThat(peer.run("doctor").out()).containsPattern("BAD +scheduler: is not ready");
        peer.with("NIGHTSHIFT_HEALTH_URL", "http://127.0.0.1:1");
        assertThat(peer.run("doctor").out())
                .containsPattern("WARN +scheduler: does not tell its health at http://127.0.0.1:1;.*HEALTH_URL");
    }

    @Test
    void an_old_restic_and_none_are_bad() throws IOException {
        var old = Files.writeString(folder.resolve("restic"), "#!/bin/sh\necho restic 0.14.0 compiled with go1.19\n");
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rwx------"));
        peer.with("NIGHTSHIFT_WORKER_RESTIC", old.toString());
        assertThat(peer.run("doctor").out()).containsPattern("BAD +restic: 0.14.0 is too old; install restic 0.17.1");
        peer.with("NIGHTSHIFT_WORKER_RESTIC", folder.resolve("none").toString());
        assertThat(peer.run("doctor").out()).containsPattern("BAD +restic: .*not found");
    }

    @Test
    void secrets_folders_zone_and_what_is_switched_off_are_looked_at() throws IOException {
        var password = Files.writeString(folder.resolve("password"), "x");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
        var fleet = Files.writeString(folder.resolve("fleet.yaml"), """
                backup:
                  schedule: { zone: Australia/Sydney }
                  destinations:
                    gone: { repository: "WORK/not there/{host}/{service}", password-file: "WORK/password" }
                    none: { repository: "WORK/{host}/{service}", password-file: "WORK/nowhere" }
                  hosts:
                    here: { snapshot: copy, services: { app: { paths: [/a] }, idle: { paths: [/b], enabled: false } } }
                """.replace("WORK", folder.toString()));
        var ended = peer.run("doctor", "--quick", "--fleet", fleet.toString());
        assertThat(ended.out())
                .containsPattern("BAD +destination gone: password-file .* is open to others: rw-r--r--; chmod 600 it")
                .containsPattern("BAD +destination gone: .*not there is not there; mount it")
                .containsPattern("BAD +destination none: password-file .*nowhere is not there")
                .containsPattern("WARN +time zone: nights begin at 02:00 Australia/Sydney, but this machine shows Z")
                .containsPattern("WARN +fleet file .*: all backups of service here/idle: switched off");
    }

    @Test
    void what_a_worker_in_a_container_has_is_not_missed_on_this_machine() throws IOException {
        var fleet = Files.writeString(folder.resolve("fleet.yaml"), """
                backup:
                  schedule: { zone: UTC }
                  destinations:
                    nas: { repository: "/mnt/nas/{host}/{service}", password-file: "WORK/nowhere" }
                  hosts:
                    here: { snapshot: copy, services: { app: { paths: [/a] } } }
                """.replace("WORK", folder.toString()));
        peer.with("NIGHTSHIFT_WORKER_RESTIC", folder.resolve("none").toString());
        assertThat(peer.run("doctor", "--fleet", fleet.toString()).out())
                .as("nobody answers")
                .containsPattern("BAD +restic: ")
                .containsPattern("BAD +destination nas: ")
                .containsPattern("BAD +repository here/app/nas: ");

        peer.answers("GET /api/targets/here/app/nas/snapshots", "{\"items\":[],\"total\":0}");
        assertThat(peer.run("doctor", "--fleet", fleet.toString()).out())
                .containsPattern("OK +restic: is not on this machine")
                .containsPattern("OK +destination nas: its secrets are not on this machine")
                .doesNotContainPattern("BAD +(restic|destination|repository)");
    }

    @Test
    void a_wrong_fleet_file_is_bad_line_by_line() throws IOException {
        var fleet = Files.writeString(folder.resolve("fleet.yaml"), "backup: { hots: {} }\n");
        assertThat(peer.run("doctor", "--fleet", fleet.toString()).out())
                .containsPattern("BAD +fleet file: .*fleet.yaml:1");
    }

    @Test
    void pushover_validates_without_a_message_and_notify_test_sends_one() throws IOException {
        var token = Files.writeString(folder.resolve("token"), "tok\n");
        peer.with(PREFIX + "BASE_URL", peer.url())
                .with(PREFIX + "TOKEN_FILE", token.toString())
                .with(PREFIX + "USER", "me");
        peer.answers("POST /1/users/validate.json", "{\"status\":1}")
                .answers("POST /1/messages.json", "{\"status\":1}");
        assertThat(peer.run("doctor").out()).containsPattern("OK +Pushover: knows token and user");
        assertThat(peer.run("notify-test")).isEqualTo(new Peer.Ended(0, "", ""));
        peer.answers("POST /1/messages.json", "{\"status\":0,\"errors\":[\"user is invalid\"]}");
        var refused = peer.run("notify-test");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("user is invalid").doesNotContain("tok\n");
    }
}
