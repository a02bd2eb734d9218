package io.nightshift.scheduler.state;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;

/**
 * One line of what passed on the bus.
 *
 * @param id counts up while this process lives
 * @param about a target, a job, a host, a subject, {@code <target>/<restore>}
 * @param text in one line
 */
public record Entry(long id, Instant at, Kind kind, String about, String text) {
    /** Of what it tells; also the name of the live update. */
    public enum Kind {
        STATE,
        ALERT,
        SNAPSHOT,
        REJECTED,
        RESTORE;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
