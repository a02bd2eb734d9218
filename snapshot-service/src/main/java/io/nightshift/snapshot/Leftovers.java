package io.nightshift.snapshot;

import io.nightshift.contract.event.SnapshotEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides what of ours may go.
 *
 * @param last what was announced last
 * @param complete whether a set has a marker: it was, or is about to be, announced
 */
record Leftovers(Optional<SnapshotEvent.Ready> last, Predicate<Kept> complete, Instant now, Duration holdLimit) {

    /** Before a new night: all but what unfinished jobs need. */
    List<Kept> beforeNewNight(List<Kept> kept) {
        return kept.stream().filter(one -> isAbandoned(one) || !isNeeded(one)).toList();
    }

    /** At any other time also what was announced last stays, for requests by day, and what this service did not take. */
    List<Kept> atAnyTime(List<Kept> kept) {
        return beforeNewNight(kept).stream()
                .filter(one -> one.night().isPresent() && !isCurrent(one))
                .toList();
    }

    /** Nobody has heard of it, and nobody will: this service died between taking and announcing it. */
    private boolean isAbandoned(Kept one) {
        boolean newer = last.map(ready -> one.createdAt().isAfter(ready.source().createdAt()))
                .orElse(true);
        return newer && one.night().isPresent() && !isCurrent(one) && !complete.test(one);
    }

    private boolean isNeeded(Kept one) {
        return one.held() && one.createdAt().plus(holdLimit).isAfter(now);
    }

    private boolean isCurrent(Kept one) {
        return last.filter(ready -> one.isOf(ready.night())).isPresent();
    }
}
