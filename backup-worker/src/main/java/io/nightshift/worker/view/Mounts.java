package io.nightshift.worker.view;

import io.nightshift.process.MountInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What is mounted where, as this process sees it. */
record Mounts(List<Mount> all) {
    /** @param id given to no other mount for as long as this one is in use */
    record Mount(String id, Path point, String type, String source) {}

    static Mounts now() {
        try {
            return of(MountInfo.read());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Mounts parse(byte[] mountinfo) {
        return of(MountInfo.parse(mountinfo));
    }

    private static Mounts of(List<MountInfo> mounts) {
        return new Mounts(mounts.stream()
                .map(mount -> new Mount(mount.id(), mount.place(), mount.type(), mount.source()))
                .toList());
    }

    /** The last one mounted there hides the others. */
    Optional<Mount> at(Path point) {
        return all.stream().filter(mount -> mount.point().equals(point)).reduce((first, last) -> last);
    }
}
