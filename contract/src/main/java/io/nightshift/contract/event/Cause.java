package io.nightshift.contract.event;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Why a job did not succeed, in a word that programs can act on. New ones may come: an unknown one reads as OTHER. */
public enum Cause {
    /** The host has no ZFS snapshot for the night. */
    @JsonProperty("snapshot-failed")
    SNAPSHOT_FAILED(false),
    /** The view is not there, or not of the ZFS snapshot that the job names. */
    @JsonProperty("snapshot-gone")
    SNAPSHOT_GONE(false),
    /** A configured path is not in the ZFS snapshot. */
    @JsonProperty("path-missing")
    PATH_MISSING(false),
    /** A configured path has nothing in it. */
    @JsonProperty("path-empty")
    PATH_EMPTY(false),
    /** restic made a snapshot, but some files could not be read. */
    @JsonProperty("files-unreadable")
    FILES_UNREADABLE(false),
    /** The backup is smaller than the last good one by more than the tolerance. */
    @JsonProperty("shrank")
    SHRANK(false),
    @JsonProperty("wrong-password")
    WRONG_PASSWORD(false),
    /** A key or password of the destination (not the repository's) is refused. */
    @JsonProperty("access-denied")
    ACCESS_DENIED(false),
    /** There is no repository: it was removed, or whoever asks comes before the first backup. */
    @JsonProperty("repository-missing")
    REPOSITORY_MISSING(true),
    /** There is another repository than the one that is remembered. */
    @JsonProperty("repository-changed")
    REPOSITORY_CHANGED(false),
    /** Somebody else has the repository locked. */
    @JsonProperty("repository-locked")
    REPOSITORY_LOCKED(true),
    @JsonProperty("repository-damaged")
    REPOSITORY_DAMAGED(false),
    /** The folder of the destination is not there, or not mounted. */
    @JsonProperty("destination-missing")
    DESTINATION_MISSING(true),
    @JsonProperty("destination-unreachable")
    DESTINATION_UNREACHABLE(true),
    @JsonProperty("destination-full")
    DESTINATION_FULL(true),
    /** No space left for the temporary files of restic, on the worker's own machine. */
    @JsonProperty("worker-disk-full")
    WORKER_DISK_FULL(true),
    @JsonProperty("timed-out")
    TIMED_OUT(false),
    @JsonProperty("out-of-memory")
    OUT_OF_MEMORY(true),
    /** restic ran on, and neither read nor sent anything for long. */
    @JsonProperty("stalled")
    STALLED(true),
    /** The lease of the repository could not be renewed, so restic was stopped. */
    @JsonProperty("lease-lost")
    LEASE_LOST(true),
    /** A command before or after the backup failed. */
    @JsonProperty("command-failed")
    COMMAND_FAILED(false),
    /** Settings of scheduler and worker do not fit together, or a file that they name is not there. */
    @JsonProperty("configuration")
    CONFIGURATION(false),
    /** The worker was stopped or died. */
    @JsonProperty("stopped")
    STOPPED(true),
    /** A later night took its place. */
    @JsonProperty("superseded")
    SUPERSEDED(false),
    /** The snapshot that a restore asks for is not in the repository. */
    @JsonProperty("snapshot-unknown")
    SNAPSHOT_UNKNOWN(false),
    /** A restore may not, or cannot, write to the place that it names. */
    @JsonProperty("place-refused")
    PLACE_REFUSED(false),
    /** There is not enough space where a restore is to write. */
    @JsonProperty("place-full")
    PLACE_FULL(false),
    /** Another restore writes to the same place. */
    @JsonProperty("place-busy")
    PLACE_BUSY(true),
    /** Not everything that a restore should bring back is there. */
    @JsonProperty("restore-incomplete")
    RESTORE_INCOMPLETE(false),
    @JsonEnumDefaultValue
    @JsonProperty("other")
    OTHER(true);

    private final boolean passing;

    Cause(boolean passing) {
        this.passing = passing;
    }

    /** Whether it may go away by itself, so that trying again within the night is worth it. */
    public boolean isTransient() {
        return passing;
    }

    /** Whether what is stored is not as it was written, so that it may not come back. */
    public boolean isDamage() {
        return this == REPOSITORY_DAMAGED || this == RESTORE_INCOMPLETE;
    }

    /** As in JSON: lower case, with hyphens. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
