package io.nightshift.worker.view;

import io.nightshift.contract.MalformedMessageException;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.DatasetSnapshot;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.SnapshotSource;
import io.nightshift.contract.event.SnapshotSource.Access;
import io.nightshift.contract.event.SnapshotSource.Kind;
import io.nightshift.contract.event.ViewMarker;
import io.nightshift.process.ProgramRunner;
import io.nightshift.worker.JobFailedException;
import io.nightshift.worker.Views;
import io.nightshift.worker.WorkerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the view under this worker's own view root, and compares its marker and its mounts with the job. */
@ApplicationScoped
class SnapshotViews implements Views {
    private final Path viewRoot;
    private final FileSystems fileSystems;

    @Inject
    SnapshotViews(WorkerConfig config, ProgramRunner runner) {
        this(config.worker().viewRoot(), runner);
    }

    SnapshotViews(Path viewRoot, ProgramRunner runner) {
        this.viewRoot = viewRoot;
        this.fileSystems = new FileSystems(runner);
    }

    @Override
    public View open(Job.Backup job) throws InterruptedException {
        Gaps.refuse(job);
        try {
            return job.source().access() == Access.VIEW ? mounted(job) : dotZfs(job);
        } catch (IOException e) {
            throw gone("the view of " + job.id() + " cannot be read: " + e);
        }
    }

    private View mounted(Job.Backup job) throws IOException, InterruptedException {
        var root = root(job.source());
        check(job, root);
        var view = OpenView.open(root, Path.of("/"), job, () -> {});
        try {
            // Only what is open cannot be taken apart: it may have been between the first look and the opening.
            check(job, root);
        } catch (IOException | RuntimeException e) {
            view.close();
            throw e;
        }
        return view;
    }

    private static void check(Job.Backup job, Path root) throws IOException {
        checkMarker(job, root);
        if (job.source().kind() == Kind.ZFS) {
            checkMounts(job, root, Mounts.now());
        }
    }

    private Path root(SnapshotSource source) {
        var name = Path.of(source.view().orElseThrow()).getFileName();
        if (name == null || name.toString().startsWith(".")) {
            throw gone("not a name of a view: " + source.view().orElseThrow());
        }
        return viewRoot.toAbsolutePath().normalize().resolve(name);
    }

    private static void checkMarker(Job.Backup job, Path root) throws IOException {
        try {
            var marker = ViewMarker.read(root);
            if (!marker.host().equals(job.id().target().host())
                    || !guids(marker.source()).equals(guids(job.source()))) {
                throw gone("the view " + root + " is of another ZFS snapshot than " + job.id() + " names");
            }
        } catch (java.nio.file.NoSuchFileException | java.nio.file.NotDirectoryException e) {
            throw gone("there is no view at " + root);
        } catch (MalformedMessageException e) {
            throw gone("the marker of the view " + root + " cannot be understood: " + e.getMessage());
        }
    }

    private static Map<String, String> guids(SnapshotSource source) {
        return source.datasets().stream()
                .collect(Collectors.toMap(DatasetSnapshot::dataset, DatasetSnapshot::guid, (a, b) -> b));
    }

    /** Each dataset that holds one of the paths, or is below one, must be mounted in the view. */
    static void checkMounts(Job.Backup job, Path root, Mounts mounts) {
        for (var dataset : job.source().datasets()) {
            dataset.mountpoint()
                    .map(Path::of)
                    .filter(point -> concerns(point, job))
                    .ifPresent(point -> {
                        var inView = inside(root, point);
                        boolean right = mounts.at(inView)
                                .filter(mount -> mount.type().equals("zfs")
                                        && mount.source().equals(dataset.snapshot()))
                                .isPresent();
                        if (!right) {
                            throw gone(dataset.snapshot() + " is not mounted at " + inView);
                        }
                    });
        }
    }

    /** A dataset above the one that holds a path matters too: its mount carries the others. */
    private static boolean concerns(Path mountpoint, Job.Backup job) {
        return job.paths().stream()
                .map(Path::of)
                .anyMatch(path -> path.startsWith(mountpoint) || mountpoint.startsWith(path));
    }

    private static Path inside(Path root, Path hostPath) {
        return root.resolve(Path.of("/").relativize(hostPath)).normalize();
    }

    /** The dataset of all paths is the one with the longest mount point above them. */
    private View dotZfs(Job.Backup job) throws IOException, InterruptedException {
        var points = job.paths().stream()
                .map(path -> holder(job, Path.of(path)))
                .distinct()
                .toList();
        if (points.size() != 1) {
            throw new JobFailedException(
                    Cause.CONFIGURATION,
                    "with access dot-zfs all paths of a service are of one dataset, not " + names(points),
                    "split the service, or use access: view");
        }
        var dataset = points.get(0);
        var mountpoint = Path.of(dataset.mountpoint().orElseThrow());
        var name = dataset.snapshot().substring(dataset.snapshot().indexOf('@') + 1);
        var root = mountpoint.resolve(".zfs/snapshot").resolve(name);
        if (!Files.isDirectory(root)) {
            throw gone("there is no " + root);
        }
        return OpenView.open(root, mountpoint, job, () -> requireSame(dataset, root));
    }

    private void requireSame(DatasetSnapshot dataset, Path root) throws InterruptedException {
        var wanted = dataset.fileSystemId()
                .orElseThrow(() -> gone("the snapshot-service could not read " + dataset.snapshot()
                        + ", so it cannot be told from another of the same name"));
        var found = fileSystems.id(root);
        if (!wanted.equals(found)) {
            throw gone("the ZFS snapshot at " + root + " is another than the job names: file system " + found + ", not "
                    + wanted);
        }
    }

    private static DatasetSnapshot holder(Job.Backup job, Path path) {
        return job.source().datasets().stream()
                .filter(dataset -> dataset.mountpoint().filter(path::startsWith).isPresent())
                .max((a, b) -> Integer.compare(depth(a), depth(b)))
                .orElseThrow(() -> gone(path + " is in no dataset of the ZFS snapshot"));
    }

    private static int depth(DatasetSnapshot dataset) {
        return Path.of(dataset.mountpoint().orElseThrow()).getNameCount();
    }

    private static List<String> names(List<DatasetSnapshot> datasets) {
        return datasets.stream().map(DatasetSnapshot::dataset).toList();
    }

    static JobFailedException gone(String message) {
        return new JobFailedException(
                Cause.SNAPSHOT_GONE, message, "see the snapshot-service of the host; a request makes a fresh one");
    }
}
