package io.nightshift.snapshot;

import io.nightshift.contract.event.SnapshotEvent;
import java.util.Optional;

/** What this host has told the others. It survives a reboot, unlike the views. */
public interface Announcements {

    Optional<SnapshotEvent.Ready> lastReady();

    Optional<SnapshotEvent.Failed> lastFailed();

    /** Returns when it is stored. The same event twice is stored once. */
    void announce(SnapshotEvent event);
}
