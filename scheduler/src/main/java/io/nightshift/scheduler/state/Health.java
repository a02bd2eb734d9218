package io.nightshift.scheduler.state;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How safe the data of a target is. The order is that of concern: the worst comes first. */
public enum Health {
    /** The last good backup is too old, whatever was said since. */
    OVERDUE,
    /** The last backup failed or was interrupted. */
    FAILED,
    /** The last backup is smaller than it should be, or a check or restore test has found what is stored damaged. */
    SUSPECT,
    /** The last backup lacks some files. */
    INCOMPLETE,
    /** Nothing was heard of it yet: neither good nor bad. */
    UNKNOWN,
    GOOD,
    /** Switched off in the fleet file. */
    OFF;

    /** As in JSON: lower case. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a person should do something. */
    public boolean isBad() {
        return compareTo(UNKNOWN) < 0;
    }
}
