package io.nightshift.worker.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.event.RestoreRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsTest {
    @TempDir
    Path dir;

    @Test
    void in_place_restic_begins_at_the_nearest_folder_that_is_there() throws Exception {
        Files.createDirectories(dir.resolve("a/b"));

        var parts = inPlace("", dir + "/a/b/c/d", dir + "/a/b/e", dir + "/x/y");

        assertThat(parts)
                .extracting(Archive.Part::subfolder, Archive.Part::target, Archive.Part::includes)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(dir.toString(), dir, List.of("/x/y")),
                        org.assertj.core.groups.Tuple.tuple(dir + "/a/b", dir.resolve("a/b"), List.of("/c/d", "/e")));
    }

    @Test
    void what_is_a_pattern_to_restic_is_taken_by_the_letter() {
        assertThat(inPlace("", dir + "/x*[1]?\\"))
                .singleElement()
                .extracting(Archive.Part::includes)
                .isEqualTo(List.of("/x\\*\\[1\\]\\?\\\\"));
    }

    @Test
    void with_dot_zfs_nothing_begins_above_the_mount_point() throws Exception {
        Files.createDirectories(dir.resolve("pool"));

        var part = inPlace(dir + "/pool", dir + "/pool/containers/app").get(0);

        assertThat(part.subfolder()).isEqualTo("/");
        assertThat(part.target()).isEqualTo(dir.resolve("pool"));
        assertThat(part.includes()).containsExactly("/containers/app");
    }

    @Test
    void in_a_folder_the_paths_of_the_host_are_below_it() {
        var request = RestoreRequest.newest();
        var folder = Optional.of(Path.of("/restored"));

        var all = Parts.of(new Place(selection(""), folder), request).get(0);
        assertThat(all.target()).isEqualTo(Path.of("/restored"));
        assertThat(all.includes()).isEmpty();
        var zfs = Parts.of(new Place(selection("/persist", "/persist/a"), folder), request)
                .get(0);
        assertThat(zfs.target()).isEqualTo(Path.of("/restored/persist"));
        assertThat(zfs.includes()).containsExactly("/a");
        assertThat(zfs.subfolder()).isEqualTo("/");
    }

    private static List<Archive.Part> inPlace(String prefix, String... paths) {
        return Parts.of(new Place(selection(prefix, paths), Optional.empty()), RestoreRequest.newest());
    }

    private static Selection selection(String prefix, String... paths) {
        var snapshot = new Archive.Snapshot("0123456789", Instant.EPOCH, List.of());
        return new Selection(snapshot, new StoredPaths(prefix), List.of(paths));
    }
}
