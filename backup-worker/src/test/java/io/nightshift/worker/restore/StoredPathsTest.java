package io.nightshift.worker.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredPathsTest {
    @Test
    void below_a_view_paths_are_those_of_the_host() {
        var stored = of("/run/nightshift/views/2026-04-17/persist/app");

        assertThat(stored.stored("/persist/app/a")).contains("/persist/app/a");
        assertThat(stored.host("/persist/app/a")).isEqualTo("/persist/app/a");
        assertThat(stored.host("/")).isEqualTo("/");
    }

    @Test
    void with_dot_zfs_they_begin_at_the_mount_point_of_the_dataset() {
        var stored = of("/persist/.zfs/snapshot/restic_nightly_snap/containers/app");

        assertThat(stored.stored("/persist/containers/app")).contains("/containers/app");
        assertThat(stored.host("/containers/app")).isEqualTo("/persist/containers/app");
        assertThat(stored.stored("/elsewhere")).isEmpty();
        assertThat(stored.stored("/persistent")).isEmpty();
    }

    @Test
    void a_whole_dataset_is_the_root() {
        var stored = of("/persist/.zfs/snapshot/restic_nightly_snap");

        assertThat(stored.stored("/persist")).contains("/");
        assertThat(stored.host("/")).isEqualTo("/persist");
    }

    private static StoredPaths of(String recorded) {
        return StoredPaths.of(new Archive.Snapshot("0123456789", Instant.EPOCH, List.of(recorded)));
    }
}
