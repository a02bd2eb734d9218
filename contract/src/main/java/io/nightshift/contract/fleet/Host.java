package io.nightshift.contract.fleet;

import io.nightshift.contract.event.SnapshotSource;
import java.util.List;
import java.util.SortedMap;

/**
 * A machine.
 *
 * @param warnsWhenOff whether backups that are switched off are warned of: unless its purpose is development
 * @param kind ZFS snapshots, or copies
 * @param datasets whose ZFS snapshots are taken, with all datasets below them; none for copies
 * @param coverage what the services together should back up
 */
public record Host(
        String name,
        boolean enabled,
        boolean warnsWhenOff,
        SnapshotSource.Kind kind,
        SnapshotSource.Access access,
        List<String> datasets,
        Coverage coverage,
        SortedMap<String, Service> services) {

    public boolean hasZfs() {
        return kind == SnapshotSource.Kind.ZFS;
    }
}
