package io.nightshift.contract.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A snapshot in a repository.
 *
 * @param id restic's, in full
 * @param time of the ZFS snapshot that it was made from
 * @param paths as on the host
 * @param files in it, {@code bytes}: their sizes, {@code bytesAdded}: what was new; restic before 0.17 did not keep them
 */
public record StoredSnapshot(
        String id,
        Instant time,
        List<String> paths,
        List<String> tags,
        Optional<Long> files,
        Optional<Long> bytes,
        Optional<Long> bytesAdded) {
    public StoredSnapshot {
        Copies.required("id", id);
        Copies.required("time", time);
        paths = Copies.list(paths);
        tags = Copies.list(tags);
        files = Copies.optional(files);
        bytes = Copies.optional(bytes);
        bytesAdded = Copies.optional(bytesAdded);
    }
}
