package io.nightshift.contract.event;

import java.time.Duration;
import java.time.Instant;

/** From one instant to a later one. */
public record Window(Instant from, Instant to) {
    public Window {
        Copies.required("from", from);
        Copies.required("to", to);
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a window ends after it begins, not " + from + " to " + to);
        }
    }

    public Duration length() {
        return Duration.between(from, to);
    }
}
