package io.nightshift.worker.view;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountsTest {
    @Test
    void the_last_mount_of_a_place_counts_and_escapes_are_undone() {
        var mounts = Mounts.parse("""
                36 35 0:40 / /v/2026-04-17/my\\040data ro,relatime shared:1 master:2 - zfs rpool/my\\040data@snap ro
                37 35 0:41 / /v ro - tmpfs none rw
                38 35 0:42 / /v ro - zfs rpool/v@snap rw
                not a mount
                """.getBytes(UTF_8));
        assertThat(mounts.at(Path.of("/v/2026-04-17/my data")))
                .contains(new Mounts.Mount("36", Path.of("/v/2026-04-17/my data"), "zfs", "rpool/my data@snap"));
        assertThat(mounts.at(Path.of("/v")).orElseThrow().type()).isEqualTo("zfs");
        assertThat(mounts.at(Path.of("/w"))).isEmpty();
    }

    @Test
    void what_any_user_can_mount_with_fuse_hides_nothing() {
        var mounts = Mounts.parse("""
                50 29 0:50 / /tmp/\u00ff\\040\u00fe rw - fuse.sshfs \u00ff rw
                51 29 0:51 / /tmp/a\rb rw - fuse /dev/\\q rw
                36 35 0:40 / /v/gr\u00c3\u00b6\u00c3\u009fer ro - zfs rpool/v@snap ro
                """.getBytes(ISO_8859_1));

        assertThat(mounts.all())
                .extracting(Mounts.Mount::point)
                .containsExactly(Path.of("/tmp/a\rb"), Path.of("/v/größer"));
    }

    @ParameterizedTest
    @CsvSource({
        "/mnt/nas/backup/{host}/{service}, /mnt/nas/backup",
        "/mnt/nas/b-{host}/{service}, /mnt/nas",
        "local:/mnt/nas/{host}, /mnt/nas",
        "/mnt/nas/one, /mnt/nas",
        "/{host}, /",
    })
    void the_fixed_part_of_a_folder_must_be_there(String template, String folder) {
        assertThat(MountedDestinations.folder(template)).contains(Path.of(folder));
    }

    @ParameterizedTest
    @CsvSource({"s3:https://h/b/{host}", "rest:http://h/{host}", "sftp:me@h:/x", "rclone:x:y", "b2:x:y"})
    void other_places_have_no_folder(String template) {
        assertThat(MountedDestinations.folder(template)).isEmpty();
    }
}
