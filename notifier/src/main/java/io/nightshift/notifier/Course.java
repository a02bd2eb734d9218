package io.nightshift.notifier;

import io.nightshift.notifier.Finding.Trouble;
import java.time.Instant;
import java.util.Optional;

/**
 * How an incident went so far.
 *
 * @param lastAt of the last event that counted; what is not later is a repeat
 * @param times how many events counted
 * @param nights how many different dates of nights; 0 for what is not counted in nights
 * @param lastNight the id of the last one
 */
public record Course(
        Instant openedAt,
        Instant lastAt,
        long times,
        int nights,
        Optional<String> firstDate,
        Optional<String> lastDate,
        Optional<String> lastNight) {
    private static final int DATE_LENGTH = 10;

    public Course {
        firstDate = Absent.optional(firstDate);
        lastDate = Absent.optional(lastDate);
        lastNight = Absent.optional(lastNight);
    }

    static Course from(Trouble trouble) {
        var date = date(trouble);
        return new Course(trouble.at(), trouble.at(), 1, date.isPresent() ? 1 : 0, date, date, trouble.night());
    }

    Course and(Trouble trouble) {
        var date = date(trouble);
        boolean another = date.isPresent() && !date.equals(lastDate);
        return new Course(
                openedAt,
                trouble.at(),
                times + 1,
                another ? nights + 1 : nights,
                firstDate.or(() -> date),
                date.or(() -> lastDate),
                trouble.night().or(() -> lastNight));
    }

    Course endedAt(Instant at) {
        return new Course(openedAt, at, times, nights, firstDate, lastDate, lastNight);
    }

    /** A manual run counts for the date on which it was asked for. */
    private static Optional<String> date(Trouble trouble) {
        return trouble.night().map(night -> night.substring(0, Math.min(DATE_LENGTH, night.length())));
    }
}
