package io.nightshift.snapshot;

import java.util.Map;

/** What to do about what the programs say. Source: messages of OpenZFS 2.3 (libzfs_util.c) and util-linux 2.38. */
final class Advice {
    private static final Map<String, String> BY_WORDS = Map.of(
            "dataset does not exist", "correct 'datasets' of this host in the fleet file, or import the pool",
            "no such pool", "correct 'datasets' of this host in the fleet file, or import the pool",
            "permission denied", "run this service as root",
            "Permission denied", "run this service as root",
            "must be superuser", "run this service as root",
            "is busy", "it goes as soon as nobody reads it; 'fuser -vm' on its view shows who does",
            "it's being held", "see who holds it with 'zfs holds'",
            "out of space", "free some space in the pool",
            "/dev/zfs", "load the module: modprobe zfs",
            "canonicalization", "the place of a dataset is missing in the one above: mount that on the host, too");

    private Advice() {}

    static String on(String message) {
        return BY_WORDS.entrySet().stream()
                .filter(entry -> message.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("see the log of the snapshot-service on this host");
    }
}
