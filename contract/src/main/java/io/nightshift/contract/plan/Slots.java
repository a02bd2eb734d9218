package io.nightshift.contract.plan;

import io.nightshift.contract.NightId;
import io.nightshift.contract.event.StartNight;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * The slots of a time of day in a zone: one for each local date. A time that summer time leaves out moves to the first
 * instant after the gap; of a time that comes twice the first counts.
 */
public record Slots(LocalTime at, ZoneId zone) {
    /** No change of offset moves a slot, or the date of an instant, further than this. */
    private static final int MARGIN_DAYS = 2;
    /** Those of the scheduler, which begins nights at their slots, and of the server, which says when it did. */
    private static final Duration CLOCKS_APART = Duration.ofHours(1);

    public Slot of(LocalDate date) {
        var local = date.atTime(at);
        var transition = zone.getRules().getTransition(local);
        var instant = transition != null && transition.isGap()
                ? transition.getInstant()
                : local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
        return new Slot(date, instant);
    }

    /** Whether a command names the night of a slot that is still to come, and so would take that night's place. */
    public boolean isAhead(StartNight start, Instant published) {
        return start.night()
                .filter(NightId::isScheduled)
                .filter(night -> of(night.date()).at().isAfter(published.plus(CLOCKS_APART)))
                .isPresent();
    }

    /** The first slot that is later than now. */
    public Slot next(Instant now) {
        var slot = of(now.atZone(zone).toLocalDate().minusDays(MARGIN_DAYS));
        while (!slot.at().isAfter(now)) {
            slot = of(slot.date().plusDays(1));
        }
        return slot;
    }

    /** The newest slot that is not later than now. */
    public Slot latest(Instant now) {
        var slot = of(now.atZone(zone).toLocalDate().plusDays(MARGIN_DAYS));
        while (slot.at().isAfter(now)) {
            slot = of(slot.date().minusDays(1));
        }
        return slot;
    }
}
