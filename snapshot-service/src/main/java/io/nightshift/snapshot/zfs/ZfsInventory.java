package io.nightshift.snapshot.zfs;

import io.nightshift.contract.event.DatasetSnapshot;
import io.nightshift.contract.event.SnapshotSource;
import io.nightshift.contract.fleet.Host;
import io.nightshift.snapshot.Programs;
import io.nightshift.snapshot.coverage.Inventory;
import io.nightshift.snapshot.coverage.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The datasets of a host: those of which there is a ZFS snapshot as that shows them, and those below the other roots that
 * the fleet file names as they are now, which no service can back up at all.
 */
public final class ZfsInventory implements Inventory {
    /** A dataset without a file in it refers to less, whatever the layout of the pool (about 0.1 to 0.4 MiB seen). */
    private static final long EMPTY_BYTES = 1 << 20;

    private final List<String> datasets;
    private final List<String> others;
    private final Zfs zfs;
    private final Supplier<Mounts> mounts;

    public ZfsInventory(Host host, Programs programs) {
        this(host, programs, Mounts::read);
    }

    ZfsInventory(Host host, Programs programs, Supplier<Mounts> mounts) {
        this.datasets = host.datasets();
        this.others = host.coverage().roots();
        this.zfs = new Zfs(programs);
        this.mounts = mounts;
    }

    @Override
    public List<Place> places(SnapshotSource source) throws InterruptedException {
        List<String> all = new ArrayList<>(datasets);
        all.addAll(others);
        Map<String, DatasetSnapshot> taken =
                source.datasets().stream().collect(Collectors.toMap(DatasetSnapshot::dataset, Function.identity()));
        Mounts now = mounts.get();
        List<Place> places = new ArrayList<>();
        new TreeMap<>(zfs.referredBytes(ZfsSnapshots.topmost(all))).forEach((dataset, bytes) -> {
            DatasetSnapshot snapshot = taken.get(dataset);
            if (snapshot != null) {
                places.add(place(dataset, path(snapshot.mountpoint()), path(snapshot.path()), bytes));
            } else if (!isBelowOneOf(datasets, dataset)) {
                places.add(place(dataset, now.of(dataset, ""), Optional.empty(), bytes));
            } // else it was made after that instant
        });
        return places;
    }

    private Place place(String dataset, Optional<Path> mountpoint, Optional<Path> readable, long bytes) {
        boolean root = datasets.contains(dataset) || others.contains(dataset);
        return new Place(dataset, mountpoint, readable, root, bytes >= EMPTY_BYTES);
    }

    private static Optional<Path> path(Optional<String> text) {
        return text.map(Path::of);
    }

    private static boolean isBelowOneOf(List<String> roots, String dataset) {
        return roots.stream().anyMatch(root -> (dataset + "/").startsWith(root + "/"));
    }
}
