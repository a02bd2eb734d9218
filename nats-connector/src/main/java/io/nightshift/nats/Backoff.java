package io.nightshift.nats;

import java.time.Duration;
import java.util.List;

/** Delays before a failed message is delivered again: one per delivery, the last repeats. */
record Backoff(List<Duration> steps) {
    static final List<Duration> DEFAULT =
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(10));

    Backoff {
        if (steps.isEmpty() || steps.stream().anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException("a backoff needs at least one delay, none negative: " + steps);
        }
        steps = List.copyOf(steps);
    }

    /** @param delivered deliveries so far, from 1 */
    Duration after(long delivered) {
        long index = Math.min(Math.max(delivered, 1), steps.size()) - 1;
        return steps.get((int) index);
    }
}
