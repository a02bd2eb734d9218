package io.nightshift.contract.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Optional;

/** What restic said of a run that it finished. Sizes are bytes, durations seconds. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RunResult.Backup.class, name = "backup"),
    @JsonSubTypes.Type(value = RunResult.Forget.class, name = "forget"),
    @JsonSubTypes.Type(value = RunResult.Check.class, name = "check"),
    @JsonSubTypes.Type(value = RunResult.RestoreTest.class, name = "restore-test")
})
public sealed interface RunResult {
    double durationSeconds();

    /**
     * The summary of {@code restic backup --json}, every number of it.
     *
     * @param snapshot restic's id, in full
     * @param bytesAdded new data, before compression; {@code bytesAddedPacked}: as stored
     * @param startedAt of restic, where its version says so (0.18)
     */
    record Backup(
            String snapshot,
            long filesNew,
            long filesChanged,
            long filesUnmodified,
            long dirsNew,
            long dirsChanged,
            long dirsUnmodified,
            long dataBlobs,
            long treeBlobs,
            long bytesAdded,
            long bytesAddedPacked,
            long filesProcessed,
            long bytesProcessed,
            double durationSeconds,
            Optional<Instant> startedAt,
            Optional<Instant> endedAt)
            implements RunResult {
        public Backup {
            if (Copies.required("snapshot", snapshot).isBlank()) {
                throw new IllegalArgumentException("missing: 'snapshot'");
            }
            startedAt = Copies.optional(startedAt);
            endedAt = Copies.optional(endedAt);
        }
    }

    /** Of {@code restic forget --prune}: how many snapshots stay, and how many went. */
    record Forget(long snapshotsKept, long snapshotsRemoved, double durationSeconds) implements RunResult {}

    /** Of {@code restic check}: a clean one has no errors. */
    record Check(
            long errors, long brokenPacks, boolean suggestRepairIndex, boolean suggestPrune, double durationSeconds)
            implements RunResult {}

    /**
     * What came back, and was verified.
     *
     * @param snapshot restic's id, in full
     * @param files restored, of {@code filesInSnapshot}
     * @param filesTooLarge that no test restores: each is larger than one may restore
     * @param bytes restored, of {@code bytesInSnapshot}; a hard-linked file counts once for each of its names
     * @param bytesTooLarge of the files that are too large
     */
    record RestoreTest(
            String snapshot,
            Instant snapshotTime,
            long files,
            long filesInSnapshot,
            long filesTooLarge,
            long bytes,
            long bytesInSnapshot,
            long bytesTooLarge,
            double durationSeconds)
            implements RunResult {
        public RestoreTest {
            Copies.required("snapshot", snapshot);
            Copies.required("snapshotTime", snapshotTime);
        }
    }
}
