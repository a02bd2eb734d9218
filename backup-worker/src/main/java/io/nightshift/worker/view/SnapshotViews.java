package io.nightshift.worker.view;

import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.DatasetSnapshot;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.SnapshotSource;
import io.nightshift.contract.event.SnapshotSource.Access;
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
import java.util.function.Supplier;

/** Finds the view under this worker's own view root, and compares it with the job. */
@ApplicationScoped
class SnapshotViews implements Views {
    private final Path viewRoot;
    private final FileSystems fileSystems;
    private final Supplier<Mounts> mounts;

    @Inject
    SnapshotViews(WorkerConfig config, ProgramRunner runner) {
        this(config.worker().viewRoot(), runner, Mounts::now);
    }

    SnapshotViews(Path viewRoot, ProgramRunner runner, Supplier<Mounts> mounts) {
        this.viewRoot = viewRoot;
        this.fileSystems = new FileSystems(runner);
        this.mounts = mounts;
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
        var view = new MountedView(job, root, mounts, fileSystems);
        view.look();
        return OpenView.open(root, Path.of("/"), view.points(), job, view);
    }

    private Path root(SnapshotSource source) {
        var name = Path.of(source.view().orElseThrow()).getFileName();
        if (name == null || name.toString().startsWith(".")) {
            throw gone("not a name of a view: " + source.view().orElseThrow());
        }
        return viewRoot.toAbsolutePath().normalize().resolve(name);
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
        return OpenView.open(root, mountpoint, List.of(), job, () -> fileSystems.require(dataset, root));
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
