package io.nightshift.worker.view;

import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Target;
import io.nightshift.contract.event.DatasetSnapshot;
import io.nightshift.contract.event.Excludes;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.Limits;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.event.SnapshotSource;
import io.nightshift.contract.event.SnapshotSource.Access;
import io.nightshift.contract.event.SnapshotSource.Kind;
import io.nightshift.contract.event.ViewMarker;
import io.nightshift.process.Command;
import io.nightshift.process.SystemProgramRunner;
import io.nightshift.process.testing.ZfsVm;
import io.nightshift.worker.JobFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Jobs whose ZFS snapshots and views are replaced or taken away by hand: run by {@link ViewsVmIT}. */
final class ViewsInVm {
    private static final String DATASET = "rpool/safe/persist";
    private static final String SNAPSHOT = DATASET + "@restic_nightly_snap";
    private static final String CHILD = DATASET + "/child";
    private static final NightId NIGHT = new NightId("2026-04-17");
    private static final Path VIEW = Path.of("/run/nightshift/views/" + NIGHT);
    private static final Path PLACE = Path.of("/persist/.zfs/snapshot/restic_nightly_snap");
    private static final Instant AT = Instant.parse("2026-04-16T16:00:01Z");

    private final SystemProgramRunner runner = new SystemProgramRunner();
    private final SnapshotViews views = new SnapshotViews(Path.of("/run/nightshift/views"), runner, Mounts::now);

    private interface Test {
        void run() throws Exception;
    }

    public static void main(String[] none) throws Exception {
        var tests = new ViewsInVm();
        Files.createDirectories(Path.of("/persist/app"));
        Files.writeString(Path.of("/persist/app/file"), "data");
        report("the_zfs_snapshot_of_the_job_is_read_also_after_it_was_unmounted", tests::same);
        report("one_that_was_replaced_while_the_job_waited_is_refused", tests::replacedBefore);
        report("one_that_was_replaced_while_restic_ran_is_noticed", tests::replacedMeanwhile);
        report("one_that_the_snapshot_service_could_not_read_is_refused", tests::unknown);
        report("a_view_stays_while_a_job_reads_it_and_by_force_it_is_noticed", tests::viewByForce);
        report("a_view_that_is_unmounted_while_the_job_waits_is_refused", tests::viewGoneBefore);
        report("another_of_the_same_name_in_the_view_is_refused", tests::viewOfAnother);
        System.exit(0);
    }

    private static void report(String name, Test test) {
        try {
            test.run();
            System.out.println(ZfsVm.PASSED + "\t" + name + "\t");
        } catch (Exception | AssertionError e) {
            System.out.println(ZfsVm.FAILED + "\t" + name + "\t" + e);
        }
    }

    private void same() throws Exception {
        zfs("snapshot", SNAPSHOT);
        var job = job(Optional.of(id()));
        run("umount", PLACE.toString());
        try (var view = views.open(job)) {
            view.requireUnchanged();
        }
    }

    private void replacedBefore() throws Exception {
        var job = job(Optional.of(id()));
        replace();
        requireRefused(() -> views.open(job).close(), "another than the job names");
    }

    /** It is busy, so it cannot be destroyed; but another can be mounted over it. */
    private void replacedMeanwhile() throws Exception {
        zfs("snapshot", DATASET + "@other");
        var other = PLACE.resolveSibling("other");
        new FileSystems(runner).id(other); // so that it is mounted
        try (var view = views.open(job(Optional.of(id())))) {
            run("mount", "--bind", other.toString(), PLACE.toString());
            requireRefused(view::requireUnchanged, "another than the job names");
        } finally {
            run("umount", PLACE.toString());
        }
    }

    private void unknown() throws Exception {
        requireRefused(() -> views.open(job(Optional.empty())).close(), "could not read " + SNAPSHOT);
    }

    /** The child below the path is kept, too. */
    private void viewByForce() throws Exception {
        var job = mountView();
        try (var view = views.open(job)) {
            view.requireUnchanged();
            requireFails("umount", inView("/persist/app/child"));
            run("umount", "-l", inView("/persist/app/child"));
            requireRefused(view::requireUnchanged, "is not mounted at " + inView("/persist/app/child"));
            mount(CHILD, "/persist/app/child");
            requireRefused(view::requireUnchanged, "taken apart and mounted again");
        }
        try (var view = views.open(job)) {
            requireFails("zfs", "destroy", "-r", SNAPSHOT);
            run("umount", "-l", inView("/persist/app/child"));
            run("umount", "-l", inView("/persist"));
            requireRefused(view::requireUnchanged, SNAPSHOT + " is not mounted at " + inView("/persist"));
        }
    }

    private void viewGoneBefore() throws Exception {
        var job = mountView();
        run("umount", inView("/persist/app/child"));
        run("umount", inView("/persist"));
        requireRefused(() -> views.open(job).close(), SNAPSHOT + " is not mounted at " + inView("/persist"));
    }

    /** With the marker of the one before, as a person might mend it. */
    private void viewOfAnother() throws Exception {
        var job = mountView();
        run("umount", inView("/persist/app/child"));
        run("umount", inView("/persist"));
        zfs("destroy", "-r", SNAPSHOT);
        zfs("snapshot", "-r", SNAPSHOT);
        mount(DATASET, "/persist");
        mount(CHILD, "/persist/app/child");
        requireRefused(() -> views.open(job).close(), "another than the job names");
    }

    /** As the snapshot-service does. */
    private Job.Backup mountView() throws Exception {
        if (!Files.isDirectory(Path.of("/persist/app/child"))) {
            zfs("create", "-o", "mountpoint=/persist/app/child", CHILD);
            Files.writeString(Path.of("/persist/app/child/file"), "data of the child");
        }
        run("sh", "-c", "zfs destroy -r " + SNAPSHOT + " 2>/dev/null; zfs snapshot -r " + SNAPSHOT);
        Files.createDirectories(Path.of(inView("/persist")));
        mount(DATASET, "/persist");
        mount(CHILD, "/persist/app/child");
        var job = viewJob();
        ViewMarker.write(VIEW, new SnapshotEvent.Ready("daedalus", NIGHT, AT, job.source()));
        return job;
    }

    private void mount(String dataset, String place) throws Exception {
        run("mount", "-t", "zfs", "-o", "ro", dataset + "@restic_nightly_snap", inView(place));
    }

    private static String inView(String place) {
        return VIEW + place;
    }

    private Job.Backup viewJob() throws Exception {
        return job(new SnapshotSource(
                NIGHT,
                AT,
                AT,
                Kind.ZFS,
                Access.VIEW,
                Optional.of(VIEW.toString()),
                List.of(inView(DATASET, "/persist"), inView(CHILD, "/persist/app/child"))));
    }

    private DatasetSnapshot inView(String dataset, String place) throws Exception {
        var id = new FileSystems(runner).id(Path.of(inView(place)));
        var snapshot = dataset + "@restic_nightly_snap";
        return new DatasetSnapshot(
                dataset, snapshot, "1", AT, Optional.of(place), Optional.of(inView(place)), Optional.of(id));
    }

    private void requireFails(String... argv) throws Exception {
        try {
            run(argv);
        } catch (AssertionError e) {
            return;
        }
        throw new AssertionError("done all the same: " + String.join(" ", argv));
    }

    private static void requireRefused(Test test, String why) throws Exception {
        try {
            test.run();
        } catch (JobFailedException e) {
            if (String.valueOf(e.getMessage()).contains(why)) {
                return;
            }
            throw e;
        }
        throw new AssertionError("not refused");
    }

    private void replace() throws Exception {
        zfs("destroy", SNAPSHOT);
        zfs("snapshot", SNAPSHOT);
    }

    private String id() throws Exception {
        return new FileSystems(runner).id(PLACE);
    }

    private void zfs(String... arguments) throws Exception {
        var argv = new ArrayList<>(List.of("zfs"));
        argv.addAll(Arrays.asList(arguments));
        run(argv.toArray(String[]::new));
    }

    private void run(String... argv) throws Exception {
        var exit = runner.run(Command.of(List.of(argv)).withInherited("PATH"), line -> {});
        if (!exit.succeeded()) {
            throw new AssertionError(String.join(" ", argv) + ": " + exit.stderrTail());
        }
    }

    private static Job.Backup job(Optional<String> fileSystemId) {
        var dataset = new DatasetSnapshot(
                DATASET, SNAPSHOT, "1", AT, Optional.of("/persist"), Optional.of(PLACE.toString()), fileSystemId);
        return job(new SnapshotSource(NIGHT, AT, AT, Kind.ZFS, Access.DOT_ZFS, Optional.empty(), List.of(dataset)));
    }

    private static Job.Backup job(SnapshotSource source) {
        return new Job.Backup(
                JobId.backup(NIGHT, new Target("daedalus", "app", "local")),
                AT,
                "/repository",
                new Limits(Duration.ofMinutes(5), Optional.empty(), Optional.empty(), 1),
                source,
                List.of("/persist/app"),
                Excludes.none(),
                List.of(),
                false,
                0.1);
    }
}
