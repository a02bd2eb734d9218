package io.nightshift.scheduler.state;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The last fortnight of nights of a target, one character each: a table of 1,500 of them must be small. Immutable.
 *
 * @param newest the date of the last character
 */
public record Marks(LocalDate newest, String codes) {
    static final int NIGHTS = 14;

    static final Marks EMPTY =
            new Marks(LocalDate.EPOCH, String.valueOf(Mark.NONE.code()).repeat(NIGHTS));

    /** The mark of a night, with its date. */
    public record Night(LocalDate date, Mark mark) {}

    /** The last word of a date counts: a backup by hand makes good a failed night. Older than a fortnight changes nothing. */
    Marks with(LocalDate date, Mark mark) {
        var shifted = until(date);
        int place = NIGHTS - 1 - (int) ChronoUnit.DAYS.between(date, shifted.newest);
        if (place < 0) {
            return this;
        }
        var changed = new StringBuilder(shifted.codes);
        changed.setCharAt(place, mark.code());
        return new Marks(shifted.newest, changed.toString());
    }

    private Marks until(LocalDate date) {
        long later = ChronoUnit.DAYS.between(newest, date);
        if (later <= 0) {
            return this;
        }
        int shift = (int) Math.min(later, NIGHTS);
        return new Marks(date, codes.substring(shift) + EMPTY.codes.substring(0, shift));
    }

    /** The fortnight that ends at a date, oldest first. */
    List<Night> endingAt(LocalDate last) {
        return IntStream.range(0, NIGHTS)
                .mapToObj(i -> last.minusDays(NIGHTS - 1L - i))
                .map(date -> new Night(date, at(date)))
                .toList();
    }

    private Mark at(LocalDate date) {
        long back = ChronoUnit.DAYS.between(date, newest);
        return back < 0 || back >= NIGHTS ? Mark.NONE : Mark.of(codes.charAt(NIGHTS - 1 - (int) back));
    }
}
