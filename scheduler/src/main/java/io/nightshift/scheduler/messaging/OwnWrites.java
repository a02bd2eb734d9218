package io.nightshift.scheduler.messaging;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a watch of a bucket brings late: a value that this process has replaced since, which must not take the place of the newer one
 * in memory. Kept for each key until its own last write has come back. Thread-safe.
 */
final class OwnWrites {
    private final Map<String, Long> last = new ConcurrentHashMap<>();

    /** Call it before the value is put into memory. */
    void wrote(String bucket, String key, long revision) {
        last.merge(bucket + "/" + key, revision, Math::max);
    }

    /** Whether what has come is older than what was written here. */
    boolean areNewerThan(String bucket, String key, long revision) {
        var name = bucket + "/" + key;
        var own = last.get(name);
        if (own == null) {
            return false;
        }
        boolean newer = own > revision;
        if (!newer) {
            last.remove(name, own);
        }
        return newer;
    }
}
