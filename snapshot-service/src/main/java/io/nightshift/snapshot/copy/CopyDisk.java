package io.nightshift.snapshot.copy;

import io.nightshift.snapshot.Views;
import io.nightshift.snapshot.coverage.Disks;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The file system that holds the copies. */
public final class CopyDisk implements Disks {
    private final Path root;

    public CopyDisk(Path root) {
        this.root = root;
    }

    @Override
    public Map<String, Integer> percentUsed() {
        try {
            FileStore disk = Files.getFileStore(Files.createDirectories(root));
            long total = Math.max(1, disk.getTotalSpace());
            return Map.of(root.toString(), (int) (100 - 100 * disk.getUsableSpace() / total));
        } catch (IOException e) {
            throw Views.failed("no free space to be read: " + root, e);
        }
    }
}
