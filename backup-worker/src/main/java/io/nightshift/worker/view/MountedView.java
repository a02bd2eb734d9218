package io.nightshift.worker.view;

import static io.nightshift.worker.view.SnapshotViews.gone;

import io.nightshift.contract.MalformedMessageException;
import io.nightshift.contract.event.DatasetSnapshot;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.SnapshotSource;
import io.nightshift.contract.event.SnapshotSource.Kind;
import io.nightshift.contract.event.ViewMarker;
import io.nightshift.worker.view.Mounts.Mount;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A view at its place, compared with what the job names: its marker, its mounts, and what file systems they show. */
final class MountedView implements OpenView.Check {
    private final Job.Backup job;
    private final Path root;
    private final Supplier<Mounts> mounts;
    private final FileSystems fileSystems;
    private Optional<List<Mount>> before = Optional.empty();

    MountedView(Job.Backup job, Path root, Supplier<Mounts> mounts, FileSystems fileSystems) {
        this.job = job;
        this.root = root;
        this.mounts = mounts;
        this.fileSystems = fileSystems;
    }

    /** To be called before anything is open, so that a view of another night is told from a path that is missing. */
    void look() throws IOException {
        checkMarker();
        mounted();
    }

    /** The mount points that the job reads; open, they can be unmounted by force alone. */
    List<Path> points() {
        return datasets().stream().map(this::inView).toList();
    }

    /**
     * The second time the marker does not matter: the snapshot-service takes it away for a moment when it looks whether the
     * view can go. What was open since the first time has kept its mount, so no other one has the same id.
     */
    @Override
    public void run() throws IOException, InterruptedException {
        if (before.isEmpty()) {
            checkMarker();
        }
        var now = mounted();
        if (before.isPresent() && !before.get().equals(now)) {
            throw gone("the view " + root + " was taken apart and mounted again while it was read");
        }
        for (var dataset : datasets()) {
            if (dataset.fileSystemId().isPresent()) {
                fileSystems.require(dataset, inView(dataset));
            }
        }
        before = Optional.of(now);
    }

    private void checkMarker() throws IOException {
        try {
            var marker = ViewMarker.read(root);
            if (!marker.host().equals(job.id().target().host())
                    || !guids(marker.source()).equals(guids(job.source()))) {
                throw gone("the view " + root + " is of another ZFS snapshot than " + job.id() + " names");
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw gone("there is no view at " + root);
        } catch (MalformedMessageException e) {
            throw gone("the marker of the view " + root + " cannot be understood: " + e.getMessage());
        }
    }

    private static Map<String, String> guids(SnapshotSource source) {
        return source.datasets().stream()
                .collect(Collectors.toMap(DatasetSnapshot::dataset, DatasetSnapshot::guid, (a, b) -> b));
    }

    private List<Mount> mounted() {
        var now = mounts.get();
        return datasets().stream().map(dataset -> mount(dataset, now)).toList();
    }

    private Mount mount(DatasetSnapshot dataset, Mounts now) {
        var place = inView(dataset);
        return now.at(place)
                .filter(mount -> mount.type().equals("zfs") && mount.source().equals(dataset.snapshot()))
                .orElseThrow(() -> gone(dataset.snapshot() + " is not mounted at " + place));
    }

    /** Those that hold one of the paths, or are below one. A dataset above the one that holds a path matters too: its mount carries the others. */
    private List<DatasetSnapshot> datasets() {
        return job.source().kind() != Kind.ZFS
                ? List.of()
                : job.source().datasets().stream()
                        .filter(dataset -> dataset.mountpoint()
                                .map(Path::of)
                                .filter(this::concerns)
                                .isPresent())
                        .toList();
    }

    private boolean concerns(Path mountpoint) {
        return job.paths().stream()
                .map(Path::of)
                .anyMatch(path -> path.startsWith(mountpoint) || mountpoint.startsWith(path));
    }

    private Path inView(DatasetSnapshot dataset) {
        var mountpoint = Path.of(dataset.mountpoint().orElseThrow());
        return root.resolve(Path.of("/").relativize(mountpoint)).normalize();
    }
}
