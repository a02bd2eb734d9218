package io.nightshift.snapshot.coverage;

import io.nightshift.contract.event.SnapshotSource;
import java.util.List;

/** Where data of a host can be. */
public interface Inventory {

    /**
     * Those places as of the instant of that source.
     *
     * @throws io.nightshift.snapshot.SnapshotException if that cannot be found out
     */
    List<Place> places(SnapshotSource source) throws InterruptedException;
}
