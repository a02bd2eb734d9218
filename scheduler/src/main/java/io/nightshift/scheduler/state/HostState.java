package io.nightshift.scheduler.state;

import io.nightshift.contract.event.SnapshotEvent;
import java.util.Optional;

/**
 * What a host last said of its ZFS snapshots.
 *
 * @param ready the newest announcement; {@code failed} and {@code released} only where they are newer
 */
public record HostState(
        String name,
        Optional<SnapshotEvent.Ready> ready,
        Optional<SnapshotEvent.Failed> failed,
        Optional<SnapshotEvent.Release> released) {

    static HostState unheard(String name) {
        return new HostState(name, Optional.empty(), Optional.empty(), Optional.empty());
    }

    HostState heard(SnapshotEvent event) {
        if (event instanceof SnapshotEvent.Ready now) {
            return new HostState(name, Optional.of(now), Optional.empty(), Optional.empty());
        } else if (event instanceof SnapshotEvent.Failed now) {
            return new HostState(name, ready, Optional.of(now), released);
        } else if (event instanceof SnapshotEvent.Release now) {
            return new HostState(name, ready, failed, Optional.of(now));
        }
        throw new IllegalStateException("unhandled: " + event);
    }
}
