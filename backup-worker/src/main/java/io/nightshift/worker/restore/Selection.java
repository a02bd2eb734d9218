package io.nightshift.worker.restore;

import io.nightshift.contract.event.Cause;
import io.nightshift.worker.JobFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of a snapshot is wanted.
 *
 * @param hostPaths absolute, as on the host, none below another; empty: everything
 */
record Selection(Archive.Snapshot snapshot, StoredPaths stored, List<String> hostPaths) {

    boolean contains(String storedPath) {
        if (hostPaths.isEmpty()) {
            return true;
        }
        var path = stored.host(storedPath);
        return hostPaths.stream().anyMatch(wanted -> isAtOrBelow(path, wanted));
    }

    static boolean isAtOrBelow(String path, String top) {
        return path.equals(top) || path.startsWith(top.equals("/") ? "/" : top + "/");
    }

    /** Without what lies below another. */
    static List<String> tops(List<String> paths) {
        var tops = new ArrayList<String>();
        for (var path : new TreeSet<>(paths)) {
            if (tops.stream().noneMatch(top -> isAtOrBelow(path, top))) {
                tops.add(path);
            }
        }
        return List.copyOf(tops);
    }

    /** @throws JobFailedException if one of the paths is not among those that were seen */
    void requireAll(Set<String> seen, String what) {
        for (var path : hostPaths) {
            if (!seen.contains(path)) {
                throw new JobFailedException(
                        Cause.PATH_MISSING,
                        path + " is not in snapshot " + snapshot.shortId() + " of " + what + ", made at "
                                + snapshot.time(),
                        "see what is in it with restic ls, or choose another snapshot; nothing was touched");
            }
        }
    }

    /** restic reads these as patterns: a name with a star in it must not mean other names (restic, internal/filter). */
    static String asPattern(String path) {
        return path.replaceAll("([\\\\*?\\[\\]])", "\\\\$1");
    }
}
