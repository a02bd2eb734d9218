package io.nightshift.scheduler.state;

import com.fasterxml.jackson.annotation.JsonValue;
import io.nightshift.contract.event.JobStatus;
import java.util.Locale;

/** How a night ended for a target, as one character of {@link Marks}. */
public enum Mark {
    NONE('-'),
    GOOD('g'),
    INCOMPLETE('i'),
    SUSPECT('s'),
    FAILED('f'),
    SKIPPED('k');

    private final char code;

    Mark(char code) {
        this.code = code;
    }

    char code() {
        return code;
    }

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Mark of(char code) {
        for (var mark : values()) {
            if (mark.code == code) {
                return mark;
            }
        }
        throw new IllegalArgumentException("not a mark: " + code);
    }

    /** @param end a final state */
    static Mark of(JobStatus end) {
        if (end instanceof JobStatus.Succeeded) {
            return GOOD;
        } else if (end instanceof JobStatus.Incomplete) {
            return INCOMPLETE;
        } else if (end instanceof JobStatus.Suspect) {
            return SUSPECT;
        }
        return end instanceof JobStatus.Skipped ? SKIPPED : FAILED;
    }
}
