package io.nightshift.snapshot.zfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.contract.NightId;
import io.nightshift.snapshot.SnapshotException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the programs print, as OpenZFS 2.3.2 and Linux 6.1 printed it. */
class ZfsOutputTest {
    private static final NightId NIGHT = new NightId("2026-04-17");

    @Test
    void a_snapshot_is_read_with_a_guid_beyond_signed_numbers() {
        assertThat(ZfsSnapshot.parse(List.of(
                        "rpool/safe/persist@restic_nightly_snap\t15469010735461457466\t1795420626\t1\t2026-04-17",
                        "rpool/safe@autosnap_2026\t3797703129028902037\t1795420000\t0\t-")))
                .containsExactly(
                        new ZfsSnapshot(
                                "rpool/safe/persist",
                                "restic_nightly_snap",
                                "15469010735461457466",
                                Instant.ofEpochSecond(1795420626),
                                1,
                                Optional.of(NIGHT)),
                        new ZfsSnapshot(
                                "rpool/safe",
                                "autosnap_2026",
                                "3797703129028902037",
                                Instant.ofEpochSecond(1795420000),
                                0,
                                Optional.empty()));
    }

    @Test
    void only_our_names_are_ours() {
        var names = new OurNames("restic_nightly_snap");

        assertThat(List.of(
                        "restic_nightly_snap",
                        "restic_nightly_snap_2026-04-17",
                        "restic_nightly_snap_2026-04-17T093012.000"))
                .allMatch(names::contains);
        assertThat(List.of(
                        "restic_nightly_snap2",
                        "restic_nightly_snap_",
                        "restic_nightly_snap_keep",
                        "restic_nightly_snap_2026-04-17-mine",
                        "my_restic_nightly_snap",
                        "autosnap_2026-04-17"))
                .noneMatch(names::contains);
    }

    @Test
    void the_name_has_the_night_behind_it_only_where_the_plain_one_is_taken() {
        var names = new OurNames("snap");

        assertThat(names.free(NIGHT, List.of("snap_2026-04-16"))).isEqualTo("snap");
        assertThat(names.free(NIGHT, List.of("snap"))).isEqualTo("snap_2026-04-17");
        assertThatThrownBy(() -> names.free(NIGHT, List.of("snap", "snap_2026-04-17")))
                .isInstanceOf(SnapshotException.class)
                .hasMessageContaining("snap_2026-04-17");
    }

    @Test
    void a_dataset_below_another_is_not_named_twice() {
        assertThat(ZfsSnapshots.topmost(List.of("tank/b", "tank/a/c", "tank/a", "tank/ab", "tank/a")))
                .containsExactly("tank/a", "tank/ab", "tank/b");
    }

    @Test
    void mounts_are_found_wherever_they_are() {
        var mounts = mounts(
                "29 1 0:24 / / rw,relatime shared:1 - overlay overlay rw",
                "40 29 0:32 /sub /srv/bind rw - zfs rpool/safe/persist rw",
                "35 29 0:32 / /persist rw,relatime shared:10 - zfs rpool/safe/persist rw,xattr,noacl",
                "36 35 0:33 / /persist/.zfs/snapshot/a ro,relatime shared:11 - zfs rpool/safe/persist@a ro",
                "37 29 0:34 / /mnt/gr\u00c3\u00b6\u00c3\u009fer\\040Platz rw - zfs tank/legacy rw",
                "38 29 0:35 / /x rw - zfs tank/two rw",
                "39 29 0:35 / /mnt/two rw - zfs tank/two rw");

        assertThat(mounts.of("rpool/safe/persist", "/persist")).contains(Path.of("/persist"));
        assertThat(mounts.of("tank/legacy", "legacy")).contains(Path.of("/mnt/größer Platz"));
        assertThat(mounts.of("tank/two", "/mnt/two")).contains(Path.of("/mnt/two"));
        assertThat(mounts.of("tank/two", "legacy")).contains(Path.of("/x"));
        assertThat(mounts.of("tank/none", "none")).isEmpty();
        assertThat(mounts.holding(Path.of("/persist/app")).source()).isEqualTo("rpool/safe/persist");
        assertThat(mounts.holding(Path.of("/srv/bind/app")).source()).isEqualTo("rpool/safe/persist");
        assertThat(mounts.holding(Path.of("/srv")).type()).isEqualTo("overlay");
        assertThat(mounts.has("rpool/safe/persist@a", Path.of("/persist/.zfs/snapshot/a")))
                .isTrue();
        assertThat(mounts.below(Path.of("/persist")))
                .extracting(mount -> mount.place().toString())
                .containsExactly("/persist/.zfs/snapshot/a", "/persist");
    }

    @Test
    void what_any_user_can_mount_with_fuse_hides_no_dataset() {
        var mounts = mounts(
                "35 29 0:32 / /persist rw shared:10 - zfs rpool/safe/persist rw",
                "50 29 0:50 / /tmp/\u00ff\\040\u00fe rw - fuse.sshfs \u00ff rw",
                "51 29 0:51 / /tmp/a\rb rw - fuse /dev/\r rw",
                "52 29 0:52 / /tmp/a",
                "",
                "53 29 0:53 / /tmp/c rw - fuse",
                "36 35 0:33 / /persist/gr\u00c3\u00b6\u00c3\u009fer rw - zfs rpool/safe/b rw");

        assertThat(mounts.all())
                .extracting(Mounts.Mount::place)
                .containsExactly(Path.of("/persist"), Path.of("/tmp/a\rb"), Path.of("/persist/größer"));
        assertThat(mounts.holding(Path.of("/persist/a")).source()).isEqualTo("rpool/safe/persist");
    }

    /** @param lines a letter for each byte */
    private static Mounts mounts(String... lines) {
        return Mounts.parse(String.join("\n", lines).getBytes(ISO_8859_1));
    }
}
