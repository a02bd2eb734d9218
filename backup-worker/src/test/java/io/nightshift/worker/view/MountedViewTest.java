package io.nightshift.worker.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Target;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.DatasetSnapshot;
import io.nightshift.contract.event.Excludes;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.Limits;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.event.SnapshotSource;
import io.nightshift.contract.event.SnapshotSource.Access;
import io.nightshift.contract.event.SnapshotSource.Kind;
import io.nightshift.contract.event.ViewMarker;
import io.nightshift.process.SystemProgramRunner;
import io.nightshift.worker.JobFailedException;
import io.nightshift.worker.Views;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that reads a dataset with another one in it, as the table of mounts tells of them before and after. */
class MountedViewTest {
    private static final Instant AT = Instant.parse("2026-04-16T16:00:01Z");
    private static final NightId NIGHT = new NightId("2026-04-17");

    @TempDir
    Path folder;

    private final SystemProgramRunner runner = new SystemProgramRunner();
    private Path view;
    private Mounts mounts;
    private String fileSystem;

    @BeforeEach
    void mount() throws Exception {
        view = folder.resolve(NIGHT.value());
        Files.createDirectories(view.resolve("persist/app"));
        Files.writeString(view.resolve("persist/app/file"), "data");
        Files.createDirectories(view.resolve("persist/app/child"));
        mounts = mounts("70", "rpool/persist/child@s");
        fileSystem = new FileSystems(runner).id(view);
        ViewMarker.write(view, new SnapshotEvent.Ready("daedalus", NIGHT, AT, source()));
    }

    private Mounts mounts(String childId, String childSource) {
        return Mounts.parse("""
                69 35 0:40 / %1$s/persist ro - zfs rpool/persist@s ro
                %2$s 69 0:41 / %1$s/persist/app/child ro - zfs %3$s ro
                71 35 0:42 / %1$s/srv ro - zfs rpool/srv@s ro
                """.formatted(view, childId, childSource).getBytes(UTF_8));
    }

    @Test
    void what_stays_as_it_was_is_good_also_while_the_snapshot_service_looks_whether_it_can_go() throws Exception {
        try (var open = open()) {
            Files.delete(view.resolve(ViewMarker.FILE_NAME));
            mounts = Mounts.parse((Files.readString(Path.of("/proc/self/mountinfo")) + text(mounts)).getBytes(UTF_8));
            open.requireUnchanged();
        }
    }

    @Test
    void a_child_that_is_unmounted_meanwhile_is_noticed() throws Exception {
        try (var open = open()) {
            mounts = new Mounts(mounts.all().subList(0, 1));
            assertChanged(open, "rpool/persist/child@s is not mounted at " + view + "/persist/app/child");
        }
    }

    @Test
    void a_child_that_is_unmounted_and_mounted_again_meanwhile_is_noticed() throws Exception {
        try (var open = open()) {
            mounts = mounts("99", "rpool/persist/child@s");
            assertChanged(open, "taken apart and mounted again");
        }
    }

    @Test
    void a_path_that_is_another_folder_than_before_is_noticed() throws Exception {
        try (var open = open()) {
            Files.move(view.resolve("persist/app"), view.resolve("persist/away"));
            Files.createDirectories(view.resolve("persist/app"));
            assertChanged(open, view + "/persist/app is another folder than before");
        }
    }

    @Test
    void another_zfs_snapshot_in_its_place_is_noticed() throws Exception {
        try (var open = open()) {
            mounts = mounts("70", "rpool/persist/child@other");
            assertChanged(open, "child@s is not mounted");
        }
    }

    @Test
    void one_of_the_same_name_with_another_file_system_is_refused() throws Exception {
        fileSystem = "4711";
        assertThatThrownBy(this::open)
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("is another than the job names: file system")
                .hasMessageContaining("not 4711");
    }

    private Views.View open() throws InterruptedException {
        return new SnapshotViews(folder, runner, () -> mounts).open(job());
    }

    private static void assertChanged(Views.View view, String why) {
        assertThatThrownBy(view::requireUnchanged).isInstanceOfSatisfying(JobFailedException.class, e -> {
            assertThat(e.failure().cause()).isEqualTo(Cause.SNAPSHOT_GONE);
            assertThat(e.failure().message()).contains("changed while restic read it", why);
        });
    }

    private static String text(Mounts mounts) {
        var text = new StringBuilder();
        for (var mount : mounts.all()) {
            text.append(
                    "%s 1 0:1 / %s ro - %s %s ro\n".formatted(mount.id(), mount.point(), mount.type(), mount.source()));
        }
        return text.toString();
    }

    private SnapshotSource source() {
        var datasets = List.of(
                dataset("rpool/persist", "/persist", Optional.of(fileSystem)),
                dataset("rpool/persist/child", "/persist/app/child", Optional.empty()),
                dataset("rpool/srv", "/srv", Optional.empty()));
        return new SnapshotSource(NIGHT, AT, AT, Kind.ZFS, Access.VIEW, Optional.of("/elsewhere/" + NIGHT), datasets);
    }

    private static DatasetSnapshot dataset(String name, String mountpoint, Optional<String> fileSystem) {
        return new DatasetSnapshot(
                name, name + "@s", "guid of " + name, AT, Optional.of(mountpoint), Optional.of(mountpoint), fileSystem);
    }

    private Job.Backup job() {
        return new Job.Backup(
                JobId.backup(NIGHT, new Target("daedalus", "app", "local")),
                AT,
                "/repository",
                new Limits(Duration.ofMinutes(5), Optional.empty(), Optional.empty(), 1),
                source(),
                List.of("/persist/app"),
                Excludes.none(),
                List.of(),
                false,
                0.1);
    }
}
