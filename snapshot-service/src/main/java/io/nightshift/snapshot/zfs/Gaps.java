package io.nightshift.snapshot.zfs;

import io.nightshift.contract.event.DatasetSnapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Places below a mounted dataset whose own data the ZFS snapshots cannot show: a dataset is mounted there that is not among
 * them, or one of them should be and is not, such as one whose key is not loaded. In the parent's ZFS snapshot they look like
 * empty folders.
 */
final class Gaps {
    private Gaps() {}

    /** @param automounted where datasets should be mounted */
    static List<String> among(List<DatasetSnapshot> taken, Mounts mounts, Map<String, String> automounted) {
        Set<String> names = taken.stream().map(DatasetSnapshot::dataset).collect(Collectors.toSet());
        Set<String> places = new TreeSet<>();
        mounts.all().stream()
                .filter(mount -> mount.type().equals("zfs") && mount.whole())
                .filter(mount -> !mount.source().contains("@") && !names.contains(mount.source()))
                .forEach(mount -> places.add(mount.place().toString()));
        taken.stream()
                .filter(dataset -> dataset.mountpoint().isEmpty())
                .map(dataset -> automounted.get(dataset.dataset()))
                .filter(Objects::nonNull)
                .forEach(places::add);
        return places.stream()
                .filter(place -> isBelowOneOf(taken, Path.of(place)))
                .toList();
    }

    private static boolean isBelowOneOf(List<DatasetSnapshot> taken, Path place) {
        return taken.stream()
                .flatMap(dataset -> dataset.mountpoint().stream())
                .map(Path::of)
                .anyMatch(above -> place.startsWith(above) && !place.equals(above));
    }
}
