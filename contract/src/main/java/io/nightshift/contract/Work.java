package io.nightshift.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a job does to its repository. */
public enum Work {
    @JsonProperty("backup")
    BACKUP,
    /** Removes snapshots by the retention policy, and prunes. */
    @JsonProperty("forget")
    FORGET,
    /** Verifies the repository's structure, and as much of its data as configured. */
    @JsonProperty("check")
    CHECK;

    /** As in a subject, an id and JSON. */
    public String word() {
        return switch (this) {
            case BACKUP -> "backup";
            case FORGET -> "forget";
            case CHECK -> "check";
        };
    }

    /** @throws IllegalArgumentException for any other word */
    public static Work of(String word) {
        for (var work : values()) {
            if (work.word().equals(word)) {
                return work;
            }
        }
        throw new IllegalArgumentException("not backup, forget or check: '" + Text.shown(word, 40) + "'");
    }
}
