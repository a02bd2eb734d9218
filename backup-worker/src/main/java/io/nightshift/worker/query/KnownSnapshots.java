package io.nightshift.worker.query;

import io.nightshift.contract.Target;
import io.nightshift.worker.restore.Archive;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Snapshots that were seen, by their full ids: they never change, and who goes from folder to folder needs one call of restic
 * for each instead of two. One that was removed meanwhile is restic's error. Thread-safe.
 */
final class KnownSnapshots {
    private static final int MOST = 2_000;

    private record Key(Target target, String id) {}

    private final Map<Key, Archive.Snapshot> snapshots = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Archive.Snapshot> eldest) {
            return size() > MOST;
        }
    };

    synchronized void keep(Target target, Archive.Snapshot snapshot) {
        snapshots.put(new Key(target, snapshot.id()), snapshot);
    }

    synchronized Optional<Archive.Snapshot> get(Target target, String id) {
        return Optional.ofNullable(snapshots.get(new Key(target, id)));
    }
}
