package io.nightshift.contract.event;

import java.time.Instant;
import java.util.Optional;

/**
 * The ZFS snapshot of one dataset; with {@code snapshot: copy}, the copy of one path.
 *
 * @param dataset {@code rpool/safe/persist}; for a copy, the path
 * @param snapshot in full, {@code rpool/safe/persist@restic_nightly_snap}; for a copy, the path of the copy
 * @param guid tells it from any other of the same name. A string: it can exceed a signed 64 bit number
 * @param mountpoint where the dataset is mounted on the host; empty: nowhere, so nothing in it can be backed up
 * @param path where its files can be read on the host; empty as above
 * @param fileSystemId that its mounts have ({@code stat -f -c %i}), wherever and whenever it is mounted: it tells this ZFS
 *     snapshot from another of the same name, also with access {@code dot-zfs}, where there is no marker
 */
public record DatasetSnapshot(
        String dataset,
        String snapshot,
        String guid,
        Instant createdAt,
        Optional<String> mountpoint,
        Optional<String> path,
        Optional<String> fileSystemId) {
    public DatasetSnapshot {
        Copies.required("dataset", dataset);
        Copies.required("snapshot", snapshot);
        Copies.required("guid", guid);
        Copies.required("createdAt", createdAt);
        mountpoint = Copies.optional(mountpoint);
        path = Copies.optional(path);
        fileSystemId = Copies.optional(fileSystemId);
    }

    /** One that a marker beside it tells from others. */
    public DatasetSnapshot(
            String dataset,
            String snapshot,
            String guid,
            Instant createdAt,
            Optional<String> mountpoint,
            Optional<String> path) {
        this(dataset, snapshot, guid, createdAt, mountpoint, path, Optional.empty());
    }
}
