package io.nightshift.worker.restore;

import io.nightshift.contract.event.RestoreRequest.Overwrite;
import io.nightshift.contract.fleet.Destination;
import io.nightshift.contract.fleet.ServiceBackup;
import io.nightshift.worker.JobFailedException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A repository, to read from. Every method blocks, and throws {@link JobFailedException} with the cause when it could not
 * be done. For one restore, on one thread.
 */
public interface Archive {
    /** Those of the service's host, in no order. */
    List<Snapshot> snapshots() throws InterruptedException;

    /** Everything that is in a snapshot; folders before what is in them. */
    void list(Snapshot snapshot, Consumer<Entry> entries) throws InterruptedException;

    /** The folder itself, and what is in it, but not below its folders; nothing if there is no such folder. */
    void listFolder(Snapshot snapshot, String stored, Consumer<Entry> entries) throws InterruptedException;

    /** The bytes of a snapshot with each hard-linked file counted once. */
    long size(Snapshot snapshot) throws InterruptedException;

    Summary restore(Part part, Consumer<Counts> progress) throws InterruptedException;

    /** Removes locks that restic itself calls stale. Only under the lease of the repository. */
    void unlockStale() throws InterruptedException;

    /**
     * From now on restic reads without a lock of its own: for a repository that cannot be written to any more. A prune at
     * the same time could take data away under the restore, which then fails; nothing wrong is ever written.
     */
    void withoutLock();

    /** From now on each call takes no lock, and is ended after this long. */
    void onlyLook(Duration limit);

    /**
     * @param time of the ZFS snapshot, or shortly after it where it is of a later run
     * @param paths as restic recorded them, below the view
     * @param size where restic kept it
     * @param ended when the backup did, where restic kept it
     */
    record Snapshot(
            String id,
            Instant time,
            List<String> paths,
            List<String> tags,
            Optional<Size> size,
            Optional<Instant> ended) {
        /** Oldest first. Of two with the same time, thus of the same ZFS snapshot, the one that was made last is newer. */
        public static final Comparator<Snapshot> BY_AGE = Comparator.comparing(Snapshot::time)
                .thenComparing(snapshot -> snapshot.ended().orElse(Instant.MIN));

        Snapshot(String id, Instant time, List<String> paths) {
            this(id, time, paths, List.of(), Optional.empty(), Optional.empty());
        }

        /** As restic shows it. */
        public String shortId() {
            return id.substring(0, Math.min(8, id.length()));
        }
    }

    /** @param bytesAdded what was new */
    record Size(long files, long bytes, long bytesAdded) {}

    /** @param path as stored, absolute */
    record Entry(String path, Kind kind, long size, Instant modified) {}

    enum Kind {
        FILE,
        FOLDER,
        LINK,
        /** Is not restored by restic. */
        SOCKET,
        OTHER
    }

    /**
     * What one call of restic brings back.
     *
     * @param subfolder stored folder that becomes the target
     * @param target where it comes to; its own owner and mode stay as they are
     * @param includes paths below the subfolder, with a {@code /} in front; empty: everything
     * @param explain whether each file is named in the summary
     */
    record Part(
            Snapshot snapshot,
            String subfolder,
            Path target,
            List<String> includes,
            Optional<Overwrite> overwrite,
            boolean delete,
            boolean dryRun,
            boolean verify,
            boolean explain) {}

    record Counts(double percent, long bytesDone, long bytesTotal, long filesDone, long filesTotal, long seconds) {}

    /**
     * @param unchanged files that were as they should be, or were kept
     * @param deletedPaths the first of the deleted, on this machine
     */
    record Summary(long bytesRestored, long unchanged, long deleted, List<String> deletedPaths) {}

    /** Opens by what the fleet file says; contacts nobody yet. */
    interface Opener {
        /** @throws JobFailedException if its files of secrets cannot be read */
        Archive open(ServiceBackup backup, Destination destination);
    }
}
