package io.nightshift.scheduler.access;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * After some wrong tokens from an address, none is looked at for a while, right or wrong: guessing is slow, and seen in the
 * log. Who is logged in already is not held up. Thread-safe.
 */
final class Brake {
    static final int TRIES = 5;
    static final Duration PAUSE = Duration.ofMinutes(1);

    /** Of more addresses than this, the one that was seen first is forgotten. */
    private static final int ADDRESSES = 10_000;

    private record Wrong(int times, Instant last) {}

    private final Map<String, Wrong> wrong = new LinkedHashMap<>();

    synchronized boolean holds(String address, Instant now) {
        var seen = wrong.get(address);
        if (seen != null && !seen.last().plus(PAUSE).isAfter(now)) {
            wrong.remove(address);
            return false;
        }
        return seen != null && seen.times() >= TRIES;
    }

    /** @return whether this was the one that begins a pause */
    synchronized boolean wrong(String address, Instant now) {
        int times = wrong.merge(address, new Wrong(1, now), (old, one) -> new Wrong(old.times() + 1, now))
                .times();
        if (wrong.size() > ADDRESSES) {
            wrong.remove(wrong.keySet().iterator().next());
        }
        return times == TRIES;
    }

    synchronized void right(String address) {
        wrong.remove(address);
    }
}
