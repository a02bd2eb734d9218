package io.nightshift.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFoldersTest {
    @TempDir
    Path dir;

    @Test
    void a_folder_on_the_way_has_the_mode_and_time_of_the_hosts_own_or_a_restore_would_change_the_host()
            throws IOException {
        var way = Files.createDirectories(dir.resolve("srv ü/media"));
        Files.setPosixFilePermissions(way.getParent(), PosixFilePermissions.fromString("rwxr-x--x"));
        var past = FileTime.from(Instant.parse("2020-01-02T03:04:05Z"));
        Files.setLastModifiedTime(way.getParent(), past);
        var view = dir.resolve("view");
        var folders = new HostFolders(view);

        folders.create(view.resolve(Path.of("/").relativize(way)));
        folders.dress();

        var shown = view.resolve(Path.of("/").relativize(way.getParent()));
        assertThat(Files.getPosixFilePermissions(shown)).isEqualTo(PosixFilePermissions.fromString("rwxr-x--x"));
        assertThat(Files.getLastModifiedTime(shown)).isEqualTo(past);
    }

    @Test
    void a_folder_that_the_host_lacks_is_made_all_the_same() throws IOException {
        var view = dir.resolve("view");
        var folders = new HostFolders(view);

        folders.create(view.resolve("not/on/the/host"));
        folders.dress();

        assertThat(view.resolve("not/on/the/host")).isDirectory();
    }
}
