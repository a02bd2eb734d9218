package io.nightshift.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command of the README, run as a user runs it. */
class LocalNightIT {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir
    Path work;

    @BeforeAll
    static void programs() {
        Programs.require("restic", "nats-server", "openssl", "sqlite3", "setpriv");
    }

    @Test
    void a_night_of_the_demonstration_can_be_restored_file_by_file() throws Exception {
        var state = work.resolve("Zustand mit Leerzeichen und ü");
        var night = up(state, Map.of());
        assertThat(night.code()).as(night.output()).isZero();
        assertThat(Files.readString(state.resolve("logs/nightshift.log")))
                .as("the bus has allowed all that was tried")
                .doesNotContainIgnoringCase("violation");
        var view = onlyView(state).resolve(state.resolve("demo/data").toString().substring(1));
        for (var destination : List.of("nas", "usb")) {
            for (var service : List.of("notes", "papers", "media")) {
                var restored = restore(state, destination, service);
                assertThat(Tree.of(restored)).isNotEmpty().isEqualTo(Tree.of(view.resolve(service)));
            }
            var database = work.resolve(destination + "-notes" + state).resolve("demo/data/notes/notes.db");
            assertThat(sqlite(database, "PRAGMA integrity_check")).isEqualTo("ok");
            assertThat(Integer.parseInt(sqlite(database, "SELECT count(*) FROM note")))
                    .isGreaterThanOrEqualTo(5000);
        }
    }

    @Test
    void what_goes_wrong_has_its_cause_and_one_message_and_leaves_the_other_jobs_alone() throws Exception {
        var fleet = brokenFleet();
        try (var pushover = PushoverServer.start()) {
            var settings = new HashMap<>(pushover.settings());
            settings.put("NIGHTSHIFT_WORKER_RETRY_FOR", "PT0S");
            var night = up(work.resolve("state"), settings, "--fleet", fleet.toString());
            assertThat(night.code()).as(night.output()).isEqualTo(1);
            assertThat(night.output())
                    .containsPattern("good +disk +succeeded")
                    .containsPattern("good +locked +failed .*wrong-password")
                    .containsPattern("good +unmounted +failed .*destination-missing")
                    .containsPattern("wrong-path +disk +failed .*path-missing");
            assertThat(work.resolve("not mounted")).doesNotExist();
            for (var cause : List.of("locked", "unmounted", "wrong-path")) {
                assertThat(pushover.messages())
                        .filteredOn(body -> body.contains(cause))
                        .hasSize(1);
            }
        }
    }

    /** One good job, and three that cannot be done. The repository behind {@code locked} has another password. */
    private Path brokenFleet() throws Exception {
        Files.createDirectories(work.resolve("data"));
        Files.writeString(work.resolve("data/file.txt"), "worth keeping");
        Files.createDirectories(work.resolve("disk"));
        Programs.secret(work.resolve("password"), "right");
        Files.writeString(work.resolve("other-password"), "other");
        var locked = work.resolve("locked/here/good");
        Files.createDirectories(locked.getParent());
        run(List.of(
                "restic",
                "-r",
                locked.toString(),
                "-p",
                work.resolve("other-password").toString(),
                "init"));
        var fleet = """
                backup:
                  schedule: { zone: UTC }
                  destinations:
                    disk: { repository: "WORK/disk/{host}/{service}", password-file: "WORK/password" }
                    locked: { repository: "WORK/locked/{host}/{service}", password-file: "WORK/password" }
                    unmounted: { repository: "WORK/not mounted/{host}/{service}", password-file: "WORK/password" }
                  hosts:
                    here:
                      purpose: development # nothing is said of what is switched off
                      snapshot: copy
                      services:
                        good: { paths: ["WORK/data"] }
                        wrong-path:
                          paths: ["WORK/nowhere"]
                          destinations: { locked: { enabled: false }, unmounted: { enabled: false } }
                """;
        return Files.writeString(work.resolve("backups.yaml"), fleet.replace("WORK", work.toString()));
    }

    private Programs.Ended up(Path state, Map<String, String> environment, String... more) throws Exception {
        var up = Programs.PROJECT.resolve("deploy/local/up").toString();
        var command = new ArrayList<>(List.of(up, "--once", "--no-build", "--state", state.toString()));
        command.addAll(List.of(more));
        return Programs.run(work.resolve("up.log"), environment, LIMIT, command);
    }

    private static Path onlyView(Path state) throws IOException {
        try (var views = Files.list(state.resolve("views"))) {
            var all = views.filter(Files::isDirectory).toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    /** By plain restic, as somebody without Nightshift would. */
    private Path restore(Path state, String destination, String service) throws Exception {
        var target = work.resolve(destination + "-" + service);
        var repository = state.resolve("demo/destinations")
                .resolve(destination)
                .resolve("demo")
                .resolve(service);
        var password = state.resolve("demo/restic-password");
        run(List.of(
                "restic",
                "-r",
                repository.toString(),
                "-p",
                password.toString(),
                "restore",
                "latest",
                "--target",
                target.toString()));
        return Path.of(target.toString() + state).resolve("demo/data").resolve(service);
    }

    private String sqlite(Path database, String statement) throws Exception {
        return run(List.of("sqlite3", database.toString(), statement)).strip();
    }

    private String run(List<String> command) throws Exception {
        var ended = Programs.run(work.resolve("program.log"), Map.of(), LIMIT, command);
        assertThat(ended.code()).as(ended.output()).isZero();
        return ended.output();
    }
}
