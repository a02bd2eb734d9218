package io.nightshift.contract.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came back, or, of a dry run, what would.
 *
 * @param snapshot restic's id, in full
 * @param snapshotTime of the ZFS snapshot that it was made from
 * @param folder under which the paths of the host are; empty: in place
 * @param paths absolute, as on the host
 * @param filesExpected files that the snapshot has there, and {@code bytesExpected}: their sizes
 * @param filesUnchanged were there already, as they should be, or were kept by the overwrite policy
 * @param verified how it was seen that all is there
 * @param deleted the first of the {@code filesDeleted}
 * @param did step by step, in sentences: commands, what was moved aside, what does not come back
 */
public record RestoreResult(
        String snapshot,
        Instant snapshotTime,
        Optional<String> folder,
        boolean dryRun,
        List<String> paths,
        long filesExpected,
        long bytesExpected,
        long filesRestored,
        long filesUnchanged,
        long filesDeleted,
        long bytesRestored,
        Verification verified,
        List<String> deleted,
        List<String> did,
        double durationSeconds) {

    /** How far a restore was compared with the snapshot. */
    public enum Verification {
        /** Of a dry run. */
        @JsonProperty("none")
        NONE,
        /** Everything is there, of the right kind and size. */
        @JsonProperty("sizes")
        SIZES,
        /** As well, restic has read every file back and compared it. */
        @JsonProperty("contents")
        CONTENTS
    }

    public RestoreResult {
        Copies.required("snapshot", snapshot);
        Copies.required("snapshotTime", snapshotTime);
        Copies.required("verified", verified);
        folder = Copies.optional(folder);
        paths = Copies.list(paths);
        deleted = Copies.list(deleted).stream().limit(Failure.MAX_PATHS).toList();
        did = Copies.list(did);
    }
}
