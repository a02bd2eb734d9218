package io.nightshift.snapshot.coverage;

import java.util.Map;

/** What fills up when snapshots are kept. */
public interface Disks {

    /**
     * How much of each is used, in percent.
     *
     * @throws io.nightshift.snapshot.SnapshotException if that cannot be found out
     */
    Map<String, Integer> percentUsed() throws InterruptedException;
}
