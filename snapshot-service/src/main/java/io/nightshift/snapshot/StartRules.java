package io.nightshift.snapshot;

import io.nightshift.contract.event.Night;
import io.nightshift.contract.event.SnapshotEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides whether a start of a night still asks for something. */
record StartRules(
        Optional<SnapshotEvent.Ready> lastReady,
        Optional<SnapshotEvent.Failed> lastFailed,
        Instant now,
        Duration maxAge) {

    boolean isAnnounced(Night night) {
        return lastReady.filter(ready -> ready.night().equals(night.id())).isPresent();
    }

    /**
     * Why there is nothing to do for a night that is not announced.
     *
     * @param published when the start was asked for
     */
    Optional<String> reasonToIgnore(Night night, Instant published) {
        if (lastFailed
                .filter(failed ->
                        failed.night().equals(night.id()) && !failed.at().isBefore(published))
                .isPresent()) {
            return Optional.of("answered as failed already");
        }
        if (published.plus(maxAge).isBefore(now)) {
            return Optional.of("asked for at " + published + ", longer ago than " + maxAge);
        }
        return lastReady
                .filter(ready -> night.slot().isBefore(ready.source().slot()))
                .map(ready -> "older than night " + ready.night() + ", which is announced");
    }
}
