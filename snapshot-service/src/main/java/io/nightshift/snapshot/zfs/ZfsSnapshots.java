package io.nightshift.snapshot.zfs;

import io.nightshift.contract.NightId;
import io.nightshift.contract.event.DatasetSnapshot;
import io.nightshift.contract.event.Night;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.event.SnapshotSource;
import io.nightshift.contract.event.SnapshotSource.Access;
import io.nightshift.contract.event.SnapshotSource.Kind;
import io.nightshift.snapshot.Kept;
import io.nightshift.snapshot.Programs;
import io.nightshift.snapshot.SnapshotException;
import io.nightshift.snapshot.Snapshots;
import io.nightshift.snapshot.ViewUsers;
import io.nightshift.snapshot.Views;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** ZFS snapshots of the configured datasets and all below them, in one atomic step, held by our tag. */
public final class ZfsSnapshots implements Snapshots {
    private static final Logger LOG = Logger.getLogger(ZfsSnapshots.class);

    private final List<String> roots;
    private final OurNames names;
    private final Access access;
    private final Zfs zfs;
    private final ZfsView view;
    private final FileSystems fileSystems;
    private final Views views;
    private final Supplier<Mounts> mounts;

    /** @param datasets the configured ones */
    public ZfsSnapshots(List<String> datasets, String snapshotName, Access access, Programs programs, Views views) {
        this(datasets, snapshotName, access, programs, views, new ViewUsers(), Mounts::read);
    }

    ZfsSnapshots(
            List<String> datasets,
            String snapshotName,
            Access access,
            Programs programs,
            Views views,
            ViewUsers users,
            Supplier<Mounts> mounts) {
        this.roots = topmost(datasets);
        this.names = new OurNames(snapshotName);
        this.access = access;
        this.zfs = new Zfs(programs);
        this.view = new ZfsView(programs, users, mounts);
        this.fileSystems = new FileSystems(programs);
        this.views = views;
        this.mounts = mounts;
    }

    /** One below another is in its recursive step already. */
    static List<String> topmost(List<String> datasets) {
        return datasets.stream()
                .distinct()
                .filter(one -> datasets.stream().noneMatch(other -> one.startsWith(other + "/")))
                .sorted()
                .toList();
    }

    @Override
    public void check() throws InterruptedException {
        zfs.version();
        zfs.mountpoints(roots);
    }

    @Override
    public List<Kept> kept() throws InterruptedException {
        Map<String, List<ZfsSnapshot>> sets =
                ours().stream().collect(Collectors.groupingBy(ZfsSnapshot::name, TreeMap::new, Collectors.toList()));
        Set<String> held = new HashSet<>(zfs.held(referenced(ours())));
        return sets.entrySet().stream()
                .map(set -> kept(set.getKey(), set.getValue(), held))
                .toList();
    }

    private static Kept kept(String name, List<ZfsSnapshot> set, Set<String> held) {
        Instant created =
                set.stream().map(ZfsSnapshot::createdAt).min(Instant::compareTo).orElseThrow();
        Optional<NightId> night =
                set.stream().flatMap(one -> one.night().stream()).max(NightId::compareTo);
        boolean anyHeld = set.stream().anyMatch(one -> held.contains(one.fullName()));
        return new Kept(name, night, created, anyHeld);
    }

    private List<ZfsSnapshot> ours() throws InterruptedException {
        return zfs.snapshots(roots).stream()
                .filter(one -> names.contains(one.name()))
                .toList();
    }

    private List<ZfsSnapshot> ours(String name) throws InterruptedException {
        return ours().stream().filter(one -> one.name().equals(name)).toList();
    }

    private static List<String> referenced(List<ZfsSnapshot> snapshots) {
        return snapshots.stream()
                .filter(one -> one.references() > 0)
                .map(ZfsSnapshot::fullName)
                .toList();
    }

    @Override
    public SnapshotSource take(Night night) throws InterruptedException {
        String name = names.free(night.id(), kept().stream().map(Kept::name).toList());
        try {
            zfs.snapshot(roots, name, night.id());
            zfs.hold(roots, name);
            List<DatasetSnapshot> datasets = placed(night, ours(name));
            if (access == Access.VIEW) {
                view.mount(views.of(night.id()), datasets);
            }
            return source(night, datasets);
        } catch (SnapshotException | InterruptedException e) {
            undo(name, night.id());
            throw e;
        }
    }

    private void undo(String name, NightId night) throws InterruptedException {
        try {
            for (Kept half : kept()) {
                if (half.name().equals(name) && half.isOf(night)) {
                    release(half);
                    remove(half);
                }
            }
        } catch (SnapshotException e) {
            LOG.warnf("half-made, left for later snapshot=%s: %s", name, e.reason());
        }
    }

    /** Each with the place where it is, or will be, readable. */
    private List<DatasetSnapshot> placed(Night night, List<ZfsSnapshot> taken) throws InterruptedException {
        Map<String, String> properties = zfs.mountpoints(roots);
        Mounts now = mounts.get();
        List<DatasetSnapshot> datasets = new ArrayList<>();
        for (ZfsSnapshot one : taken) {
            Optional<Path> place = now.of(one.dataset(), properties.getOrDefault(one.dataset(), ""));
            place.ifPresent(path -> refuseRoot(one.dataset(), path));
            datasets.add(new DatasetSnapshot(
                    one.dataset(),
                    one.fullName(),
                    one.guid(),
                    one.createdAt(),
                    place.map(Path::toString),
                    place.map(path -> readable(night.id(), one.name(), path).toString())));
        }
        return datasets;
    }

    private SnapshotSource source(Night night, List<DatasetSnapshot> datasets) throws InterruptedException {
        Instant created = datasets.stream()
                .map(DatasetSnapshot::createdAt)
                .min(Instant::compareTo)
                .orElseThrow();
        verify(night, created);
        List<String> gaps = Gaps.among(datasets, mounts.get(), zfs.automounted(roots));
        if (!gaps.isEmpty()) {
            LOG.warnf("not in the ZFS snapshots, so jobs that have one in a path will fail places=%s", gaps);
        }
        Optional<String> folder =
                access == Access.VIEW ? Optional.of(views.of(night.id()).toString()) : Optional.empty();
        return new SnapshotSource(
                night.id(), night.slot(), created, Kind.ZFS, access, folder, identified(datasets), gaps);
    }

    private List<DatasetSnapshot> identified(List<DatasetSnapshot> datasets) throws InterruptedException {
        List<DatasetSnapshot> identified = new ArrayList<>();
        for (DatasetSnapshot one : datasets) {
            identified.add(new DatasetSnapshot(
                    one.dataset(),
                    one.snapshot(),
                    one.guid(),
                    one.createdAt(),
                    one.mountpoint(),
                    one.path(),
                    fileSystemId(one)));
        }
        return identified;
    }

    /** With {@code dot-zfs}, where there is no marker, jobs fail without it; but only those of that dataset. */
    private Optional<String> fileSystemId(DatasetSnapshot taken) throws InterruptedException {
        if (taken.path().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(fileSystems.id(Path.of(taken.path().get())));
        } catch (SnapshotException e) {
            LOG.warnf("cannot be read here, so its jobs will fail snapshot=%s: %s", taken.snapshot(), e.reason());
            return Optional.empty();
        }
    }

    private Path readable(NightId night, String name, Path mountpoint) {
        return access == Access.VIEW
                ? views.of(night).resolve(Path.of("/").relativize(mountpoint))
                : mountpoint.resolve(".zfs/snapshot").resolve(name);
    }

    /** The marker of the view could not be written into it. */
    private void refuseRoot(String dataset, Path mountpoint) {
        if (access == Access.VIEW && mountpoint.getNameCount() == 0) {
            throw new SnapshotException(
                    "dataset " + dataset + " is mounted at /, which a view cannot show",
                    "set 'access: dot-zfs' for this host, or name datasets below it");
        }
    }

    private static void verify(Night night, Instant created) {
        if (created.isBefore(night.slot())) {
            throw new SnapshotException(
                    "ZFS snapshot of " + created + " is older than the night's slot " + night.slot(),
                    "set the clocks of this host, of NATS and of the scheduler by NTP");
        }
    }

    @Override
    public boolean stands(SnapshotSource source) throws InterruptedException {
        return missing(source).isEmpty() && (source.access() == Access.DOT_ZFS || view.stands(source.datasets()));
    }

    private List<String> missing(SnapshotSource source) throws InterruptedException {
        Map<String, String> guids = ours().stream().collect(Collectors.toMap(ZfsSnapshot::fullName, ZfsSnapshot::guid));
        return source.datasets().stream()
                .filter(dataset -> !dataset.guid().equals(guids.get(dataset.snapshot())))
                .map(DatasetSnapshot::snapshot)
                .toList();
    }

    @Override
    public void restore(SnapshotSource source) throws InterruptedException {
        List<String> missing = missing(source);
        if (!missing.isEmpty()) {
            throw new SnapshotException(
                    "no longer there: " + String.join(", ", missing), "start a night, or wait for the next one");
        }
        if (source.access() == Access.VIEW) {
            Path folder = views.of(source.night());
            view.unmount(folder);
            view.mount(folder, source.datasets());
        }
    }

    @Override
    public void release(Kept kept) throws InterruptedException {
        zfs.release(zfs.held(referenced(ours(kept.name()))));
    }

    /** First the view, for it keeps the ZFS snapshots busy; its marker before all else, so that no job begins meanwhile. */
    @Override
    public void remove(Kept kept) throws InterruptedException {
        Optional<SnapshotEvent.Ready> marker = kept.night().flatMap(views::marker);
        try {
            if (kept.night().isPresent()) {
                views.withdraw(kept.night().get());
                view.unmount(views.of(kept.night().get()));
            }
            destroy(kept.name());
        } catch (SnapshotException e) {
            if (marker.isPresent() && stands(marker.get().source())) {
                views.complete(marker.get());
            }
            throw e;
        }
    }

    private void destroy(String name) throws InterruptedException {
        List<ZfsSnapshot> left = ours(name);
        for (String root : roots) {
            if (left.stream().anyMatch(one -> (one.dataset() + "/").startsWith(root + "/"))) {
                zfs.destroy(root, name);
            }
        }
    }
}
