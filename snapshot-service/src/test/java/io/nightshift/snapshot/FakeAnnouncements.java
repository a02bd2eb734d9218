package io.nightshift.snapshot;

import io.nightshift.contract.event.SnapshotEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remembers what was announced, in its order; takes nothing while it is away. */
public final class FakeAnnouncements implements Announcements {
    public final List<SnapshotEvent> events = new ArrayList<>();
    boolean away;

    @Override
    public Optional<SnapshotEvent.Ready> lastReady() {
        return last(SnapshotEvent.Ready.class);
    }

    @Override
    public Optional<SnapshotEvent.Failed> lastFailed() {
        return last(SnapshotEvent.Failed.class);
    }

    private <E extends SnapshotEvent> Optional<E> last(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).reduce((first, second) -> second);
    }

    @Override
    public void announce(SnapshotEvent event) {
        if (away) {
            throw new IllegalStateException("NATS is away");
        }
        events.add(event);
    }
}
