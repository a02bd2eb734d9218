package io.nightshift.snapshot;

import io.nightshift.contract.Target;

/** The name of ZFS snapshots before a restore: it says of which, and nothing else on a host is named like it. */
public record SafeguardName(String value) {
    private static final String PREFIX = "nightshift-before-restore_";

    /** @param restore its id: letters, digits, {@code -} and {@code _} alone, so it can be in a name */
    public static SafeguardName of(Target target, String restore) {
        return new SafeguardName(PREFIX + target.service() + "_" + target.destination() + "_" + restore);
    }

    public static boolean isOne(String name) {
        return name.startsWith(PREFIX);
    }
}
