package io.nightshift.snapshot.zfs;

import io.nightshift.contract.event.SafeguardAnswer;
import io.nightshift.snapshot.Programs;
import io.nightshift.snapshot.SafeguardName;
import io.nightshift.snapshot.Safeguards;
import io.nightshift.snapshot.SnapshotException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** ZFS snapshots of the datasets that a service's data is on. Never one of another name is destroyed. */
public final class ZfsSafeguards implements Safeguards {
    private static final Logger LOG = Logger.getLogger(ZfsSafeguards.class);

    /** So that who may ask for them does not fill the pool. */
    private static final int MOST = 100;

    private final List<String> roots;
    private final Zfs zfs;
    private final Supplier<Mounts> mounts;
    private final InstantSource clock;
    private final Duration keep;
    private final Set<String> complainedOf = new TreeSet<>();

    /**
     * @param datasets the configured ones: of others, none is taken
     * @param keep for how long
     */
    public ZfsSafeguards(List<String> datasets, Programs programs, InstantSource clock, Duration keep) {
        this(datasets, programs, clock, keep, Mounts::read);
    }

    ZfsSafeguards(
            List<String> datasets, Programs programs, InstantSource clock, Duration keep, Supplier<Mounts> mounts) {
        this.roots = ZfsSnapshots.topmost(datasets);
        this.zfs = new Zfs(programs);
        this.clock = clock;
        this.keep = keep;
        this.mounts = mounts;
    }

    @Override
    public synchronized SafeguardAnswer.Taken take(SafeguardName name, List<Path> paths, boolean dryRun)
            throws InterruptedException {
        var datasets = datasetsOf(paths);
        var standing = ours();
        var missing = new TreeSet<>(datasets);
        standing.stream().filter(one -> one.name().equals(name.value())).forEach(one -> missing.remove(one.dataset()));
        requireRoom(name, standing);
        if (!dryRun && !missing.isEmpty()) {
            zfs.snapshotOnly(missing, name.value());
            LOG.infof("taken before a restore snapshot=%s datasets=%s", name.value(), missing);
        }
        return new SafeguardAnswer.Taken(
                datasets.stream().map(dataset -> dataset + "@" + name.value()).toList(),
                begin(name, standing).plus(keep));
    }

    private Instant begin(SafeguardName name, List<ZfsSnapshot> standing) {
        return standing.stream()
                .filter(one -> one.name().equals(name.value()))
                .map(ZfsSnapshot::createdAt)
                .min(Instant::compareTo)
                .orElseGet(clock::instant);
    }

    private static void requireRoom(SafeguardName name, List<ZfsSnapshot> standing) {
        var names = new TreeSet<>(standing.stream().map(ZfsSnapshot::name).toList());
        if (names.size() >= MOST && !names.contains(name.value())) {
            throw new SnapshotException(
                    "there are " + names.size() + " of them already, the first " + names.first(),
                    "destroy those that nobody needs: 'zfs list -t snapshot' shows them");
        }
    }

    private List<ZfsSnapshot> ours() throws InterruptedException {
        return zfs.snapshots(roots).stream()
                .filter(one -> SafeguardName.isOne(one.name()))
                .toList();
    }

    /** Those that hold the paths, and those that are mounted below them. */
    private Set<String> datasetsOf(List<Path> paths) throws InterruptedException {
        var known = zfs.mountpoints(roots).keySet();
        var automounted = zfs.automounted(List.of());
        var now = mounts.get();
        var found = new TreeSet<String>();
        for (var path : paths) {
            var holding = now.holding(path);
            if (!holding.type().equals("zfs") || !known.contains(holding.source())) {
                throw new SnapshotException(
                        path + " is on " + holding.type() + " " + holding.source()
                                + ", and on none of the datasets of this host",
                        "name its dataset under 'datasets' in the fleet file");
            }
            refuseUnmounted(path, holding, automounted, now);
            found.add(holding.source());
            now.below(path).stream()
                    .filter(mount -> mount.type().equals("zfs") && known.contains(mount.source()))
                    .forEach(mount -> found.add(mount.source()));
        }
        return found;
    }

    /**
     * What is restored there would go into the dataset above, of an encrypted one in clear, and be hidden as soon as that one is
     * mounted.
     *
     * @param automounted of all datasets, for also one of which nothing is backed up would hide it
     */
    private static void refuseUnmounted(Path path, Mounts.Mount holding, Map<String, String> automounted, Mounts now) {
        automounted.forEach((dataset, text) -> {
            var place = Path.of(text);
            boolean nearer = path.startsWith(place)
                    && place.getNameCount() > holding.place().getNameCount();
            // By whichever: a replica may have the same place.
            boolean mounted = now.holding(place).place().equals(place);
            if ((nearer || place.startsWith(path)) && !mounted) {
                throw new SnapshotException(
                        dataset + ", whose place is " + place + ", is not mounted",
                        "zfs load-key, if it is encrypted, and zfs mount " + dataset
                                + "; or, if it is not to be mounted there: zfs set canmount=noauto " + dataset);
            }
        });
    }

    @Override
    public synchronized void tidy() throws InterruptedException {
        var tooOld = clock.instant().minus(keep);
        for (var one : ours()) {
            if (one.createdAt().isBefore(tooOld) && one.references() == 0) {
                destroy(one);
            }
        }
    }

    /** A clone of it, say, is in the way: said once. */
    private void destroy(ZfsSnapshot one) throws InterruptedException {
        try {
            zfs.destroyOnly(one.fullName());
            complainedOf.remove(one.fullName());
            LOG.infof("kept for %s, destroyed snapshot=%s", keep, one.fullName());
        } catch (SnapshotException e) {
            if (complainedOf.add(one.fullName())) {
                LOG.warnf("left for later snapshot=%s: %s; %s", one.fullName(), e.reason(), e.advice());
            }
        }
    }
}
