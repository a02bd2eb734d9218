package io.nightshift.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** What a job does to its repository. */
public enum Work {
    @JsonProperty("backup")
    BACKUP,
    /** Removes snapshots by the retention policy, and prunes. */
    @JsonProperty("forget")
    FORGET,
    /** Verifies the repository's structure, and as much of its data as configured. */
    @JsonProperty("check")
    CHECK,
    /** Restores the newest snapshot, or a part of it chosen at random, to the worker's disk, verifies it, and removes it. */
    @JsonProperty("restore-test")
    RESTORE_TEST;

    /** What looks after a repository, in the order in which it must run. */
    public static final List<Work> UPKEEP = List.of(FORGET, CHECK, RESTORE_TEST);

    /** As in a subject, an id and JSON. */
    public String word() {
        return switch (this) {
            case BACKUP -> "backup";
            case FORGET -> "forget";
            case CHECK -> "check";
            case RESTORE_TEST -> "restore-test";
        };
    }

    /** @throws IllegalArgumentException for any other word */
    public static Work of(String word) {
        for (var work : values()) {
            if (work.word().equals(word)) {
                return work;
            }
        }
        throw new IllegalArgumentException("not backup, forget, check or restore-test: '" + Text.shown(word, 40) + "'");
    }
}
