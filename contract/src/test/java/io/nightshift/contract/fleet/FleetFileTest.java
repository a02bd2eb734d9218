package io.nightshift.contract.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.groups.Tuple.tuple;

import io.nightshift.contract.Target;
import io.nightshift.contract.event.Retention;
import io.nightshift.contract.event.SnapshotSource.Access;
import io.nightshift.contract.event.SnapshotSource.Kind;
import io.nightshift.contract.fleet.Upkeep.Rhythm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetFileTest {
    private static final Path SAMPLES = Path.of("src/test/resources/fleet");

    @TempDir
    Path dir;

    @Test
    void two_words_are_enough_for_a_service() {
        var fleet = FleetFile.read(SAMPLES.resolve("small.yaml"), Map.of());

        var backup = fleet.backup(Target.parse("daedalus/prowlarr/local")).orElseThrow();
        assertThat(backup.enabled()).isTrue();
        assertThat(backup.repository()).isEqualTo("/mnt/nas/daedalus/prowlarr");
        assertThat(backup.retention()).isEqualTo(Retention.counts(3, 7, 5, 12));
        assertThat(backup.upkeep())
                .isEqualTo(new Upkeep(Rhythm.WEEKLY, Rhythm.WEEKLY, Optional.empty(), Rhythm.MONTHLY, 1L << 30));
        assertThat(backup.limits().timeout()).isEqualTo(Duration.ofHours(12));
        assertThat(backup.shrinkTolerance()).isEqualTo(0.1);
        assertThat(backup.overdueAfter()).isEqualTo(Duration.ofMinutes(24 * 60 + 125 + 4 * 60));
        assertThat(fleet.snapshotName()).isEqualTo("restic_nightly_snap");
        assertThat(fleet.schedule())
                .isEqualTo(new Schedule(
                        LocalTime.of(2, 0),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(125),
                        ZoneId.of("Europe/Berlin")));
        assertThat(fleet.hosts().get("daedalus").warnsWhenOff()).isTrue();
    }

    @Test
    void every_key_is_read() {
        var fleet = FleetFile.read(SAMPLES.resolve("full.yaml"), Map.of());

        assertThat(fleet.snapshotName()).isEqualTo("nightly");
        assertThat(fleet.schedule().at()).isEqualTo(LocalTime.of(23, 0));
        assertThat(fleet.schedule().windowStart()).isEqualTo(Duration.ofMinutes(30));
        assertThat(fleet.schedule().windowEnd()).isEqualTo(Duration.ofMinutes(270));
        var local = fleet.destinations().get("local");
        assertThat(local.requireMount()).contains(Path.of("/mnt/nas"));
        var remote = fleet.destinations().get("remote");
        assertThat(remote.envFile()).contains(Path.of("/run/secrets/s3.env"));
        assertThat(remote.passwordFile()).isEqualTo(Path.of("/run/secrets/restic"));
        assertThat(remote.concurrency()).isEqualTo(2);
        var host = fleet.hosts().get("daedalus");
        assertThat(host.kind()).isEqualTo(Kind.ZFS);
        assertThat(host.access()).isEqualTo(Access.VIEW);
        assertThat(host.datasets()).containsExactly("rpool/safe/persist", "rpool/media");
        assertThat(host.coverage().roots()).containsExactly("rpool/safe");
        assertThat(host.coverage().notBackedUp())
                .containsExactly(
                        entry("/persist/a.cache [1] ü", "can be downloaded again"),
                        entry("rpool/safe/scratch", "nothing in it is kept: ever"));
        var backup = fleet.backup(Target.parse("daedalus/prowlarr/local")).orElseThrow();
        assertThat(backup.paths()).containsExactly("/persist/containers/prowlarr", "/persist/etc/prowlarr");
        assertThat(backup.excludes().caches()).isTrue();
        assertThat(backup.excludes().ifPresent()).containsExactly(".nobackup");
        assertThat(backup.excludeFiles()).containsExactly(Path.of("/etc/nightshift/exclude"));
        assertThat(backup.resticOptions()).containsExactly("--read-concurrency=4");
        assertThat(backup.limits().downloadKibPerSecond()).contains(9000);
        assertThat(backup.limits().timeout()).isEqualTo(Duration.ofHours(6));
        assertThat(backup.shrinkTolerance()).isEqualTo(0.2);
        assertThat(backup.overdueAfter()).hasHours(36);
        assertThat(backup.upkeep())
                .isEqualTo(new Upkeep(Rhythm.WEEKLY, Rhythm.MONTHLY, Optional.of("5%"), Rhythm.NIGHTLY, 500L << 20));
        assertThat(backup.before())
                .containsExactly(new HookCommand(
                        List.of("/usr/bin/true", "--flag with blank"),
                        Duration.ofSeconds(30),
                        HookCommand.When.ALWAYS));
        assertThat(backup.after())
                .containsExactly(
                        new HookCommand(List.of("/usr/bin/false"), Duration.ofMinutes(10), HookCommand.When.FAILURE));
        assertThat(backup.stop())
                .containsExactly(new HookCommand(
                        List.of("systemctl", "stop", "prowlarr"), Duration.ofMinutes(2), HookCommand.When.ALWAYS));
        assertThat(backup.start())
                .containsExactly(new HookCommand(
                        List.of("systemctl", "start", "prowlarr"), Duration.ofMinutes(10), HookCommand.When.ALWAYS));
        var copied = fleet.hosts().get("laptop");
        assertThat(copied.kind()).isEqualTo(Kind.COPY);
        assertThat(copied.warnsWhenOff()).isFalse();
    }

    @Test
    void lists_add_up_over_the_levels_and_single_values_are_overridden() {
        var fleet = FleetFile.read(SAMPLES.resolve("full.yaml"), Map.of());

        var local = fleet.backup(Target.parse("daedalus/prowlarr/local")).orElseThrow();
        var remote = fleet.backup(Target.parse("daedalus/prowlarr/remote")).orElseThrow();
        assertThat(local.excludes().patterns()).containsExactly("*.tmp", "*.log");
        assertThat(local.tags()).containsExactly("fleet", "media");
        assertThat(local.limits().uploadKibPerSecond()).contains(5000);
        assertThat(remote.limits().uploadKibPerSecond()).contains(100);
        assertThat(local.compression()).contains("auto");
        assertThat(remote.compression()).contains("max");
        assertThat(remote.retention().within()).contains("1y6m");
        assertThat(remote.retention().last()).isEmpty();
        assertThat(local.retention().yearly()).contains(3);
    }

    @Test
    void off_at_one_level_is_off() {
        var fleet = FleetFile.read(SAMPLES.resolve("full.yaml"), Map.of());

        assertThat(fleet.backup(Target.parse("daedalus/prowlarr/local"))
                        .orElseThrow()
                        .enabled())
                .isTrue();
        assertThat(fleet.backup(Target.parse("daedalus/lidarr/local"))
                        .orElseThrow()
                        .enabled())
                .isFalse();
        assertThat(fleet.backup(Target.parse("laptop/notes/remote"))
                        .orElseThrow()
                        .enabled())
                .isFalse();
        var off = FleetFile.read(SAMPLES.resolve("small.yaml"), Map.of("BACKUP_ENABLED", "false"));
        assertThat(off.backup(Target.parse("daedalus/prowlarr/local"))
                        .orElseThrow()
                        .enabled())
                .isFalse();
    }

    @Test
    void a_value_can_come_from_the_environment() {
        var fleet = FleetFile.read(
                SAMPLES.resolve("small.yaml"),
                Map.of(
                        "BACKUP_SCHEDULE_ZONE", "Asia/Tokyo",
                        "BACKUP_DESTINATIONS_LOCAL_REPOSITORY", "/elsewhere/{service}",
                        "HOME", "/root"));

        assertThat(fleet.schedule().zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
        assertThat(fleet.backup(Target.parse("daedalus/prowlarr/local"))
                        .orElseThrow()
                        .repository())
                .isEqualTo("/elsewhere/prowlarr");
    }

    @Test
    void a_variable_of_the_environment_that_is_somebody_elses_does_no_harm() {
        var fleet = FleetFile.read(SAMPLES.resolve("small.yaml"), Map.of("BACKUP_DIR", "/x", "BACKUP", "yes"));

        assertThat(fleet.backups()).hasSize(1);
    }

    @Test
    void everything_that_is_wrong_is_said_at_once_with_line_and_mend() {
        var problems = problemsOf(SAMPLES.resolve("wrong.yaml"), Map.of());

        assertThat(problems)
                .extracting(FleetProblem::line, FleetProblem::key)
                .contains(
                        tuple(2, "backup.schedule.zone"),
                        tuple(2, "backup.schedule.window"),
                        tuple(6, "backup.destinations.local.password-file"),
                        tuple(7, "backup.destinations.local.concurrency"),
                        tuple(9, "backup.hosts.Daedalus"),
                        tuple(14, "backup.hosts.icarus.datasets[0]"),
                        tuple(19, "backup.hosts.icarus.services.prowlarr.paths[0]"),
                        tuple(21, "backup.hosts.icarus.services.prowlarr.destinations.nowhere"),
                        tuple(22, "backup.hosts.icarus.services.prowlarr.timeout"),
                        tuple(25, "backup.hosts.icarus.services.lidarr.enabled"),
                        tuple(26, "backup.hosts.icarus.services.lidarr.restic-options[0]"),
                        tuple(27, "backup.hosts.icarus.services.radarr"),
                        tuple(30, "backup.hosts.icarus.services.sonarr.paths"),
                        tuple(31, "backup.hosts.icarus.services.sonarr.tags[0]"),
                        tuple(32, "backup.hosts.icarus.services.sonarr.retention"),
                        tuple(34, "backup.hosts.icarus.services.sonarr.exclud[0]"));
        assertThat(problems).anySatisfy(p -> assertThat(p.key()).startsWith("backup.hosts.icarus.servces"));
        assertThat(problems).anySatisfy(p -> assertThat(p.what()).contains("has the same repository as"));
        assertThat(problems).allSatisfy(p -> {
            assertThat(p.mend()).isNotBlank();
            assertThat(p.toString())
                    .startsWith("src/test/resources/fleet/wrong.yaml")
                    .doesNotContain("\n");
        });
    }

    /** Without its cache a worker cannot tell whether the repository is still the one that it was. */
    @Test
    void options_that_take_the_cache_of_restic_away_are_refused() throws IOException {
        var file = dir.resolve("fleet.yaml");
        Files.writeString(file, """
                backup:
                  schedule: { zone: UTC }
                  restic-options: [--no-cache, --cache-dir=/tmp, --cache-dir, --cleanup-cache]
                  destinations:
                    nas: { repository: "/nas/{host}/{service}", password-file: /p }
                  hosts:
                    h: { datasets: [rpool], services: { app: { paths: [/srv/app] } } }
                """);
        assertThat(problemsOf(file, Map.of()))
                .extracting(FleetProblem::key, FleetProblem::what)
                .containsExactlyInAnyOrder(
                        tuple("backup.restic-options[0]", "'--no-cache' is an option that Nightshift sets itself"),
                        tuple(
                                "backup.restic-options[1]",
                                "'--cache-dir=/tmp' is an option that Nightshift sets itself"),
                        tuple("backup.restic-options[2]", "'--cache-dir' is an option that Nightshift sets itself"));
    }

    @Test
    void what_need_not_be_backed_up_has_a_reason_and_is_in_no_service() throws IOException {
        var file = dir.resolve("fleet.yaml");
        Files.writeString(file, """
                backup:
                  schedule: { zone: UTC }
                  destinations:
                    nas: { repository: "/nas/{host}/{service}", password-file: /p }
                  hosts:
                    h:
                      datasets: [rpool]
                      coverage: [/srv]
                      not-backed-up:
                        "/a.b/cache": it is in a
                        /a: this one is above
                        cache/: no dataset
                        /c/../d: not plain
                        /e: " "
                      services: { a: { paths: [/a.b] } }
                    laptop: { snapshot: copy, coverage: [rpool], services: { a: { paths: [/a] } } }
                """);

        assertThat(problemsOf(file, Map.of()))
                .extracting(FleetProblem::line, FleetProblem::key)
                .containsExactly(
                        tuple(8, "backup.hosts.h.coverage[0]"),
                        tuple(10, "backup.hosts.h.not-backed-up.\"/a.b/cache\""),
                        tuple(12, "backup.hosts.h.not-backed-up.cache/"),
                        tuple(13, "backup.hosts.h.not-backed-up.\"/c/../d\""),
                        tuple(14, "backup.hosts.h.not-backed-up./e"),
                        tuple(16, "backup.hosts.laptop.coverage[0]"));
    }

    @Test
    void a_service_that_would_be_stopped_and_never_started_is_refused() throws IOException {
        var file = dir.resolve("stop.yaml");
        Files.writeString(file, """
                backup:
                  schedule: { zone: UTC }
                  destinations:
                    local: { repository: "/b/{host}/{service}", password-file: /p }
                  hosts:
                    h:
                      snapshot: copy
                      services:
                        a: { paths: [/a], stop: [ { command: [stop] } ] }
                        b: { paths: [/b], stop: [ { command: [stop] } ], start: [ { command: [start], when: success } ] }
                """);

        assertThat(problemsOf(file, Map.of()))
                .extracting(FleetProblem::key)
                .containsExactly("backup.hosts.h.services.a.stop", "backup.hosts.h.services.b.start[0].when");
    }

    @Test
    void a_password_in_the_url_of_a_repository_is_not_shown() throws IOException {
        var file = dir.resolve("fleet ü.yaml");
        Files.writeString(file, """
                backup:
                  schedule: { zone: UTC }
                  destinations:
                    rest: { repository: "rest:https://me:hunter2@nas/all", password-file: /p }
                  hosts:
                    h: { snapshot: copy, services: { a: { paths: [/a] }, b: { paths: [/b] } } }
                """);

        assertThat(problemsOf(file, Map.of()))
                .singleElement()
                .asString()
                .contains("//nas/all")
                .doesNotContain("hunter2");
    }

    @Test
    void two_hosts_and_destinations_whose_joined_names_are_the_same_are_refused() throws IOException {
        var file = dir.resolve("joined.yaml");
        Files.writeString(file, """
                backup:
                  schedule: { zone: UTC }
                  destinations:
                    nas: { repository: "/nas/{host}/{service}", password-file: /p }
                    b-nas: { repository: "/b/{host}/{service}", password-file: /p }
                  hosts:
                    a-b: { snapshot: copy, services: { x: { paths: [/x] } } }
                    a: { snapshot: copy, services: { x: { paths: [/x] } } }
                """);

        assertThat(problemsOf(file, Map.of()))
                .singleElement()
                .asString()
                .contains(":7: backup.hosts.a-b: host 'a-b' with destination 'nas' has the same queue as")
                .contains("host 'a' with destination 'b-nas': worker-a-b-nas; give one of these");
    }

    @Test
    void what_would_be_overdue_every_night_is_refused() throws IOException {
        var file = dir.resolve("fleet.yaml");
        Files.writeString(
                file,
                Files.readString(SAMPLES.resolve("full.yaml")).replace("overdue-after: 36h", "overdue-after: 28h"));

        assertThat(problemsOf(file, Map.of()))
                .isNotEmpty()
                .allSatisfy(p -> assertThat(p.toString())
                        .contains("backup.overdue-after", "'28h' is not longer than a day and the window", "1710m"));
    }

    @Test
    void a_time_needs_no_quotes_though_yaml_could_make_a_number_of_it() throws IOException {
        var file = dir.resolve("fleet.yaml");
        Files.writeString(file, Files.readString(SAMPLES.resolve("small.yaml")).replace("zone:", "at: 22:00, zone:"));

        assertThat(FleetFile.read(file, Map.of()).schedule().at()).isEqualTo(LocalTime.of(22, 0));
    }

    @Test
    void a_name_that_yaml_takes_for_something_else_is_said() throws IOException {
        var file = dir.resolve("fleet.yaml");
        Files.writeString(file, Files.readString(SAMPLES.resolve("small.yaml")).replace("prowlarr:", "off:"));

        assertThat(problemsOf(file, Map.of()))
                .anySatisfy(p -> assertThat(p.toString()).contains("in quotes"));
    }

    @Test
    void no_file_no_yaml_and_an_empty_file_are_told_apart() throws IOException {
        assertThat(problemsOf(dir.resolve("none.yaml"), Map.of()))
                .singleElement()
                .asString()
                .contains("no such file");
        var broken = Files.writeString(dir.resolve("broken.yaml"), "backup:\n  hosts: [\n");
        assertThat(problemsOf(broken, Map.of())).singleElement().satisfies(p -> {
            assertThat(p.line()).isEqualTo(3);
            assertThat(p.what()).contains("not YAML");
        });
        var empty = Files.writeString(dir.resolve("empty.yaml"), "");
        assertThat(problemsOf(empty, Map.of()))
                .extracting(FleetProblem::key)
                .containsExactlyInAnyOrder("backup.schedule.zone", "backup.destinations", "backup.hosts");
    }

    private static List<FleetProblem> problemsOf(Path file, Map<String, String> environment) {
        var refused = catchThrowableOfType(InvalidFleetException.class, () -> FleetFile.read(file, environment));
        assertThat(refused).isNotNull();
        return refused.problems();
    }
}
