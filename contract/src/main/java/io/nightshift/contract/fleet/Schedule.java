package io.nightshift.contract.fleet;

import io.nightshift.contract.event.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * When nights begin.
 *
 * @param at local time of the slot
 * @param windowStart from the slot to the first instant at which a job can be due
 * @param windowEnd from the slot to the last
 */
public record Schedule(LocalTime at, Duration windowStart, Duration windowEnd, ZoneId zone) {

    /** The window of the night whose ZFS snapshots were asked for at that instant: the slot, or later after downtime. */
    public Window windowAfter(Instant start) {
        return new Window(start.plus(windowStart), start.plus(windowEnd));
    }
}
