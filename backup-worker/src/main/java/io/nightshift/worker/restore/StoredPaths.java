package io.nightshift.worker.restore;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How paths of the host are called in a snapshot: the same, but for one that was made with {@code access: dot-zfs}, where
 * they begin at the mount point of the dataset. Pure.
 *
 * @param prefix that mount point; empty: none, they are the same
 */
public record StoredPaths(String prefix) {
    private static final Pattern DOT_ZFS = Pattern.compile("(.*?)/\\.zfs/snapshot/[^/]+(/.*)?", Pattern.DOTALL);

    /** restic has recorded what it read: {@code /persist/.zfs/snapshot/<name>/app}, or something below a view. */
    public static StoredPaths of(Archive.Snapshot snapshot) {
        return snapshot.paths().stream()
                .map(DOT_ZFS::matcher)
                .filter(java.util.regex.Matcher::matches)
                .findFirst()
                .map(match -> new StoredPaths(match.group(1)))
                .orElse(new StoredPaths(""));
    }

    /**
     * What was read from a view or {@code .zfs}, as it is called on the host.
     *
     * @param own paths of the service
     */
    public static String recorded(String path, List<String> own) {
        var match = DOT_ZFS.matcher(path);
        if (match.matches()) {
            return match.group(1) + (match.group(2) == null ? "" : match.group(2));
        }
        return own.stream().filter(path::endsWith).findFirst().orElse(path);
    }

    /** Empty: it cannot be in the snapshot. */
    public Optional<String> stored(String hostPath) {
        if (hostPath.equals(prefix)) {
            return Optional.of("/");
        }
        return hostPath.startsWith(prefix + "/") ? Optional.of(hostPath.substring(prefix.length())) : Optional.empty();
    }

    public String host(String stored) {
        return stored.equals("/") && !prefix.isEmpty() ? prefix : prefix + stored;
    }
}
