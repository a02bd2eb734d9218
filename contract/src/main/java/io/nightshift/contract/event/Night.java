package io.nightshift.contract.event;

import io.nightshift.contract.NightId;
import java.time.Instant;
import java.util.Optional;

/**
 * One run of the plan, as scheduler and snapshot-service both understand a {@link StartNight}.
 *
 * @param slot no ZFS snapshot of this night was created earlier
 * @param window in which jobs become due; empty: all are due at once
 */
public record Night(NightId id, Instant slot, Optional<Window> window) {
    public Night {
        window = Copies.optional(window);
    }
}
