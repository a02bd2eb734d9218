package io.nightshift.snapshot.zfs;

import io.nightshift.process.MountInfo;
import io.nightshift.snapshot.Views;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is mounted where, as this process sees it. */
record Mounts(List<Mount> all) {
    /**
     * @param whole whether the whole file system is mounted there, not only a folder of it (a bind mount)
     * @param source of ZFS, the dataset or ZFS snapshot
     */
    record Mount(Path place, boolean whole, String type, String source) {}

    static Mounts read() {
        try {
            return of(MountInfo.read());
        } catch (IOException e) {
            throw Views.failed("not readable: " + MountInfo.FILE, e);
        }
    }

    static Mounts parse(byte[] mountinfo) {
        return of(MountInfo.parse(mountinfo));
    }

    private static Mounts of(List<MountInfo> mounts) {
        return new Mounts(mounts.stream()
                .map(mount -> new Mount(mount.place(), mount.root().equals("/"), mount.type(), mount.source()))
                .toList());
    }

    /**
     * Where a dataset is mounted, also with {@code mountpoint=legacy}.
     *
     * @param preferred the place that its property names, for one that is mounted more than once
     */
    Optional<Path> of(String dataset, String preferred) {
        return all.stream()
                .filter(mount -> mount.type().equals("zfs")
                        && mount.whole()
                        && mount.source().equals(dataset))
                .map(Mount::place)
                .min(Comparator.comparing((Path place) -> !place.toString().equals(preferred))
                        .thenComparing(place -> place.toString().length()));
    }

    /** On what a file at that place is, or would be. */
    Mount holding(Path path) {
        return all.stream()
                .filter(mount -> path.startsWith(mount.place()))
                .reduce((one, other) ->
                        other.place().getNameCount() >= one.place().getNameCount() ? other : one)
                .orElseThrow(() -> new IllegalStateException("nothing is mounted at /"));
    }

    boolean has(String source, Path place) {
        return all.stream()
                .anyMatch(
                        mount -> mount.source().equals(source) && mount.place().equals(place));
    }

    /** In and below a folder, in the order in which they can be unmounted. */
    List<Mount> below(Path folder) {
        var below = new ArrayList<>(
                all.stream().filter(mount -> mount.place().startsWith(folder)).toList());
        Collections.reverse(below); // the file lists parents before children, also where one lies over another
        return below;
    }
}
