package io.nightshift.snapshot;

import io.nightshift.contract.event.SnapshotEvent;

/** What is to be found out from a night's instant, once it can be read. */
@FunctionalInterface
public interface Inspection {

    /** Harmless when repeated. */
    void inspect(SnapshotEvent.Ready ready) throws InterruptedException;
}
