package io.nightshift.snapshot;

import java.util.List;

/**
 * What to do about what the programs say. Sources: OpenZFS 2.3.2, measured, and libzfs_util.c for what cannot be had at will;
 * umount of util-linux 2.38.
 */
final class Advice {
    private record Rule(String words, String advice) {}

    /** The first whose words are in the message counts, so narrow ones come before wide ones. */
    private static final List<Rule> RULES = List.of(
            new Rule(
                    "ZFS utilities must be run as root", // said where /dev/zfs cannot be opened
                    "let this user open /dev/zfs, which udev gives to all (mode 0666); or run this service as root"),
            new Rule("/dev/zfs", "load the module: modprobe zfs"),
            new Rule("ZFS modules", "load the module: modprobe zfs"),
            new Rule(
                    "Insufficient privileges",
                    "Linux lets nobody but root mount: run this service as root, or set 'access: dot-zfs' for this host"),
            new Rule(
                    "must be superuser",
                    "Linux lets nobody but root mount: run this service as root, or set 'access: dot-zfs' for this host"),
            new Rule(
                    "permission denied",
                    "run this service as root; or, for each of 'datasets': zfs allow <user>"
                            + " snapshot,userprop,hold,release,destroy,mount <dataset>"),
            new Rule("Permission denied", "run this service as root, or give its user that place"),
            new Rule("dependent clones", "'zfs get -r clones <dataset>' names the clone: promote or destroy it"),
            new Rule("it's being held", "'zfs holds -r' on it says by whom; 'zfs release <tag>' lets it go"),
            new Rule("is busy", "it goes as soon as nobody reads it; 'fuser -vm' on its place shows who does"),
            new Rule(
                    "encryption key not loaded",
                    "zfs load-key and zfs mount its dataset; or leave it out of 'datasets' of this host"),
            new Rule(
                    "out of space",
                    "'zfs list -o space -r' shows what takes it: free some in the pool, or raise quota or snapshot_limit of"
                            + " the dataset, or lower its refreservation"),
            new Rule("No space left on device", "free some space there"),
            new Rule("Disk quota exceeded", "free some space there, or raise the quota"),
            new Rule("pool is read-only", "import the pool again, writable"),
            new Rule("suspended", "a disk does not answer: see 'zpool status', mend it, then 'zpool clear'"),
            new Rule("I/O error", "a disk does not answer, or is damaged: see 'zpool status'"),
            new Rule("dataset already exists", "somebody made a ZFS snapshot of that name; see 'zfs list -t snapshot'"),
            new Rule(
                    "canonicalization",
                    "the place of a dataset is missing in the one above: mount that on the host, too"),
            new Rule("dataset does not exist", "correct 'datasets' of this host in the fleet file, or import the pool"),
            new Rule("unable to open the dataset", "the ZFS snapshot is gone: start a night, or wait for the next one"),
            new Rule("no such pool", "correct 'datasets' of this host in the fleet file, or import the pool"));

    private Advice() {}

    static String on(String message) {
        return RULES.stream()
                .filter(rule -> message.contains(rule.words()))
                .map(Rule::advice)
                .findFirst()
                .orElse("see the log of the snapshot-service on this host");
    }
}
