package io.nightshift.snapshot.zfs;

import io.nightshift.contract.NightId;
import io.nightshift.snapshot.SnapshotException;
import java.util.Collection;

/**
 * Which names of ZFS snapshots are ours: the configured one, and the same with a night behind it. No other ZFS snapshot is
 * ever touched.
 */
record OurNames(String base) {

    boolean contains(String name) {
        return name.equals(base) || (name.startsWith(base + "_") && isNight(name.substring(base.length() + 1)));
    }

    /** The name for a new one: always one that is free, since renaming can panic OpenZFS (facts of 2.3.2, avl_add). */
    String free(NightId night, Collection<String> taken) {
        if (!taken.contains(base)) {
            return base;
        }
        String dated = base + "_" + night;
        if (taken.contains(dated)) {
            throw new SnapshotException(
                    "neither @" + base + " nor @" + dated + " is free",
                    "see who uses or holds them with 'zfs holds' and 'fuser -vm', and destroy one");
        }
        return dated;
    }

    private static boolean isNight(String text) {
        try {
            new NightId(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
