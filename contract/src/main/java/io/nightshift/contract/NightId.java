package io.nightshift.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/**
 * Names a night. The scheduled one is its slot's local date, {@code 2026-04-17}: there is exactly one for a date. What
 * a person asks for by day has the local time of the request as well, {@code 2026-04-17T093012.500}, so it never takes the
 * place of a scheduled night. Legal in a ZFS snapshot's name, a path and a key. Sorts by time.
 */
public record NightId(String value) implements Comparable<NightId> {
    private static final DateTimeFormatter MANUAL = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss.SSS");
    private static final int DATE_LENGTH = 10;

    @JsonCreator
    public NightId {
        try {
            if (value.length() == DATE_LENGTH) {
                LocalDate.parse(value);
            } else {
                LocalDateTime.parse(value, MANUAL);
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "not a night: '" + Text.shown(value, 40) + "'; write 2026-04-17 or 2026-04-17T093012.500", e);
        }
    }

    public static NightId scheduled(LocalDate date) {
        return new NightId(date.toString());
    }

    /** What was asked for at that moment. The same moment gives the same id, so a message read twice is one night. */
    public static NightId manual(Instant at, ZoneId zone) {
        return new NightId(MANUAL.format(at.atZone(zone)));
    }

    public boolean isScheduled() {
        return value.length() == DATE_LENGTH;
    }

    public LocalDate date() {
        return LocalDate.parse(value.substring(0, DATE_LENGTH));
    }

    @Override
    public int compareTo(NightId other) {
        return value.compareTo(other.value);
    }

    @JsonValue
    @Override
    public String toString() {
        return value;
    }
}
