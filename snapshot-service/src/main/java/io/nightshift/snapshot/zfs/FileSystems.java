package io.nightshift.snapshot.zfs;

import io.nightshift.snapshot.Programs;
import java.nio.file.Path;
import java.util.List;

/** What tells one file system from another. Java does not show it, so the program {@code stat} is asked. */
final class FileSystems {
    private final Programs programs;

    FileSystems(Programs programs) {
        this.programs = programs;
    }

    /**
     * Of a ZFS snapshot it stays the same after each mount and import, and another of the same name has another: so measured
     * with OpenZFS 2.3. The dot makes the kernel mount what would be mounted at the first look.
     */
    String id(Path folder) throws InterruptedException {
        return String.join("", programs.run(List.of("stat", "-f", "-c", "%i", "--", folder + "/.")));
    }
}
