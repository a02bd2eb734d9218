package io.nightshift.contract.plan;

import io.nightshift.contract.NightId;
import java.time.Instant;
import java.time.LocalDate;

/**
 * When the night of a local date begins.
 *
 * @param date names the night; a slot that a gap has moved may itself lie on the next one
 */
public record Slot(LocalDate date, Instant at) {
    public NightId night() {
        return NightId.scheduled(date);
    }
}
