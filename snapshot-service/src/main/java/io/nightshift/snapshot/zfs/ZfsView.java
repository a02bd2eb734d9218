package io.nightshift.snapshot.zfs;

import io.nightshift.contract.event.DatasetSnapshot;
import io.nightshift.snapshot.HostFolders;
import io.nightshift.snapshot.Programs;
import io.nightshift.snapshot.SnapshotException;
import io.nightshift.snapshot.ViewUsers;
import io.nightshift.snapshot.Views;
import io.nightshift.snapshot.zfs.Mounts.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** ZFS snapshots mounted read-only as one tree, each where its dataset is mounted on the host. */
final class ZfsView {
    private static final Logger LOG = Logger.getLogger(ZfsView.class);

    private final Programs programs;
    private final ViewUsers users;
    private final Supplier<Mounts> mounts;

    ZfsView(Programs programs, ViewUsers users, Supplier<Mounts> mounts) {
        this.programs = programs;
        this.users = users;
        this.mounts = mounts;
    }

    /** Mounts what has a path, parents first, since the mount point of a child is a folder in its parent. */
    void mount(Path view, List<DatasetSnapshot> datasets) throws InterruptedException {
        var folders = new HostFolders(view);
        List<DatasetSnapshot> placed = datasets.stream()
                .filter(dataset -> dataset.path().isPresent())
                .sorted(Comparator.comparing(dataset -> Path.of(dataset.path().orElseThrow())))
                .toList();
        for (DatasetSnapshot dataset : placed) {
            Path place = Path.of(dataset.path().orElseThrow());
            onFolders(place, () -> folders.create(place));
            mount(dataset.snapshot(), place);
        }
        onFolders(view, folders::dress);
    }

    private void mount(String snapshot, Path place) throws InterruptedException {
        programs.run(List.of("mount", "-t", "zfs", "-o", "ro", snapshot, place.toString()));
    }

    boolean stands(List<DatasetSnapshot> datasets) {
        Mounts now = mounts.get();
        return datasets.stream()
                .filter(dataset -> dataset.path().isPresent())
                .allMatch(dataset ->
                        now.has(dataset.snapshot(), Path.of(dataset.path().orElseThrow())));
    }

    /**
     * Unmounts everything there and removes the folder, or leaves all as it was.
     *
     * @throws SnapshotException if somebody reads it
     */
    void unmount(Path view) throws InterruptedException {
        List<Mount> mounted = mounts.get().below(view);
        refuseIfRead(view, mounted);
        var done = new ArrayList<Mount>();
        try {
            for (Mount mount : mounted) {
                programs.run(List.of("umount", mount.place().toString()));
                done.add(0, mount);
            }
        } catch (SnapshotException e) {
            undo(done);
            throw e;
        }
        removeFolders(view);
    }

    private void refuseIfRead(Path view, List<Mount> mounted) {
        Set<Object> devices = new HashSet<>();
        for (Mount mount : mounted) {
            devices.add(device(mount.place()));
        }
        Optional<Long> reader = users.reader(view, devices);
        if (reader.isPresent()) {
            throw new SnapshotException(
                    "view " + view + " is read by process " + reader.get(), "it goes when that process has ended");
        }
    }

    private static Object device(Path place) {
        try {
            return Files.getAttribute(place, "unix:dev");
        } catch (IOException e) {
            throw Views.failed("not readable: " + place, e);
        }
    }

    /** Somebody began to read between the look and the unmounting: what is gone already comes back. */
    private void undo(List<Mount> unmounted) throws InterruptedException {
        for (Mount mount : unmounted) {
            try {
                mount(mount.source(), mount.place());
            } catch (SnapshotException e) {
                LOG.errorf("view incomplete, not mounted again snapshot=%s: %s", mount.source(), e.reason());
            }
        }
    }

    private interface FolderWork {
        void run() throws IOException;
    }

    private static void onFolders(Path place, FolderWork work) {
        try {
            work.run();
        } catch (IOException e) {
            throw Views.failed("folder of the view not created: " + place, e);
        }
    }

    /** Only empty folders go: where something else appeared meanwhile, it stays, and the error says so. */
    private static void removeFolders(Path view) {
        if (!Files.isDirectory(view)) {
            return;
        }
        try (Stream<Path> folders = Files.walk(view)) {
            for (Path folder : folders.sorted(Comparator.reverseOrder()).toList()) {
                if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                    throw new IOException("there is a file that is not ours: " + folder);
                }
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw Views.failed("folder of the view not removed: " + view, e);
        }
    }
}
