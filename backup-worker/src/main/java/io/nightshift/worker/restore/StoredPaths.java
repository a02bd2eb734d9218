package io.nightshift.worker.restore;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How paths of the host are called in a snapshot: the same, but for one that was made with {@code access: dot-zfs}, where
 * they begin at the mount point of the dataset. Pure.
 *
 * @param prefix that mount point; empty: none, they are the same
 */
record StoredPaths(String prefix) {
    private static final Pattern DOT_ZFS = Pattern.compile("(.*?)/\\.zfs/snapshot/[^/]+(/.*)?", Pattern.DOTALL);

    /** restic has recorded what it read: {@code /persist/.zfs/snapshot/<name>/app}, or something below a view. */
    static StoredPaths of(Archive.Snapshot snapshot) {
        return snapshot.paths().stream()
                .map(DOT_ZFS::matcher)
                .filter(java.util.regex.Matcher::matches)
                .findFirst()
                .map(match -> new StoredPaths(match.group(1)))
                .orElse(new StoredPaths(""));
    }

    /** Empty: it cannot be in the snapshot. */
    Optional<String> stored(String hostPath) {
        if (hostPath.equals(prefix)) {
            return Optional.of("/");
        }
        return hostPath.startsWith(prefix + "/") ? Optional.of(hostPath.substring(prefix.length())) : Optional.empty();
    }

    String host(String stored) {
        return stored.equals("/") && !prefix.isEmpty() ? prefix : prefix + stored;
    }
}
