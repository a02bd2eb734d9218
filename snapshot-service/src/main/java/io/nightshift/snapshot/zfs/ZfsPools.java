package io.nightshift.snapshot.zfs;

import io.nightshift.snapshot.Programs;
import io.nightshift.snapshot.coverage.Disks;
import java.util.List;
import java.util.Map;

/** The pools of a host's datasets. */
public final class ZfsPools implements Disks {
    private final List<String> pools;
    private final Zfs zfs;

    public ZfsPools(List<String> datasets, Programs programs) {
        this.pools = datasets.stream().map(Zfs::pool).distinct().toList();
        this.zfs = new Zfs(programs);
    }

    @Override
    public Map<String, Integer> percentUsed() throws InterruptedException {
        return zfs.percentUsed(pools);
    }
}
