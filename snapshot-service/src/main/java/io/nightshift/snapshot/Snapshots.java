package io.nightshift.snapshot;

import io.nightshift.contract.event.Night;
import io.nightshift.contract.event.SnapshotSource;
import java.util.List;

/** What this service needs from a way to keep an instant of the data. Used by one thread at a time. */
public interface Snapshots {

    /** @throws SnapshotException if it cannot work on this host: a program, a dataset or a right is missing */
    void check() throws InterruptedException;

    /** All that is ours on this host, and nothing else. */
    List<Kept> kept() throws InterruptedException;

    /**
     * Takes an instant of all data, holds it and makes it readable.
     *
     * @throws SnapshotException if that is not possible; nothing half-made is left
     */
    SnapshotSource take(Night night) throws InterruptedException;

    /** Whether it is there and can be read as announced. */
    boolean stands(SnapshotSource source) throws InterruptedException;

    /**
     * Makes readable again what {@link #stands} no more, as after a reboot.
     *
     * @throws SnapshotException if it is gone
     */
    void restore(SnapshotSource source) throws InterruptedException;

    /** The jobs that needed it have ended. It stays readable until it is removed. */
    void release(Kept kept) throws InterruptedException;

    /**
     * Removes it for good.
     *
     * @throws SnapshotException if it is in use; then it is as it was
     */
    void remove(Kept kept) throws InterruptedException;
}
