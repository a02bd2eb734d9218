package io.nightshift.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps the root of the views for this process: two of this service would each take the other's ZFS snapshots for leftovers.
 * The kernel gives it back when the process ends, however it ends.
 */
public final class ViewRootLock implements AutoCloseable {
    static final String FILE_NAME = ".lock";

    /** More than a host's name and a number are long. */
    private static final int OWNER_LIMIT = 400;

    private final FileChannel file;

    private ViewRootLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Not to be asked for again in a process that has it: closing the second file would give up the lock, see {@link
     * java.nio.channels.FileLock}.
     *
     * @param host whose views these are; told to whoever comes second
     * @throws SnapshotException if another process has it
     */
    public static ViewRootLock take(Path root, String host) {
        Path path = root.resolve(FILE_NAME);
        try {
            Files.createDirectories(root);
            FileChannel file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (file.tryLock() == null) {
                try (file) {
                    throw taken(read(file), path);
                }
            }
            write(file, host + ", pid " + ProcessHandle.current().pid());
            return new ViewRootLock(file);
        } catch (IOException e) {
            throw Views.failed("not locked: " + path, e);
        }
    }

    private static SnapshotException taken(String owner, Path path) {
        return new SnapshotException(
                "another snapshot-service is running for " + owner + ": it has locked " + path,
                "end one of the two, for a host has one; where they serve different hosts, give each a"
                        + " nightshift.snapshot.view-root of its own");
    }

    private static String read(FileChannel file) throws IOException {
        var owner = ByteBuffer.allocate(OWNER_LIMIT);
        file.read(owner, 0);
        String text = StandardCharsets.UTF_8.decode(owner.flip()).toString().strip();
        return text.isEmpty() ? "an unknown host" : text; // it has not written yet
    }

    private static void write(FileChannel file, String owner) throws IOException {
        file.truncate(0);
        file.write(StandardCharsets.UTF_8.encode(owner + "\n"), 0);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw Views.failed("not unlocked", e);
        }
    }
}
