package io.nightshift.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceTest {
    /** What OpenZFS 2.3.2 and util-linux 2.38 said, word for word. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "cannot destroy snapshot rpool/p@s: dataset is busy | fuser",
                "umount: /run/nightshift/views/2026-04-17/persist: target is busy. | fuser",
                "cannot destroy 'rpool/p/a@s': snapshot has dependent clones | promote or destroy it",
                "cannot destroy snapshot rpool/p@s: it's being held. Run 'zfs holds -r rpool/p@s' to see holders. | zfs release",
                "cannot create snapshot 'rpool/q@s': out of space | quota",
                "cannot create snapshots : out of space | zfs list -o space",
                "zfs_mount_at() failed: encryption key not loaded | zfs load-key",
                "cannot mount 'rpool/p/enc': encryption key not loaded | zfs load-key",
                "cannot create snapshots : permission denied | zfs allow <user> snapshot,userprop,hold,release,destroy,mount <dataset>",
                "cannot destroy snapshots: permission denied | zfs allow",
                "cannot hold: permission denied | zfs allow",
                "cannot release: permission denied | zfs allow",
                "zfs_mount_at() failed: Insufficient privileges | access: dot-zfs",
                "umount: /mnt/v: must be superuser to unmount. | access: dot-zfs",
                "Permission denied the ZFS utilities must be run as root. | open /dev/zfs",
                "stat: cannot read file system information for '/p/.zfs/snapshot/s/.': Permission denied | give its user that place",
                "cannot open 'rpool/none': dataset does not exist | 'datasets'",
                "filesystem 'rpool/p@s' cannot be mounted, unable to open the dataset | start a night",
                "filesystem 'rpool/p@s' cannot be mounted at '/v' due to canonicalization error: No such file or directory | one above",
                "cannot create snapshot 'rpool/p@s': dataset already exists | of that name",
                "cannot create snapshots : pool is read-only | writable",
                "/dev/zfs and /proc/self/mounts are required. | modprobe",
                "cp: error writing '/views/x': No space left on device | free some space",
                "something new | see the log"
            })
    void each_message_has_its_advice(String message, String advice) {
        assertThat(Advice.on(message)).contains(advice);
    }
}
