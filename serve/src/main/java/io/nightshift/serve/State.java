package io.nightshift.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The directory of the state, kept for this process for as long as this object is. */
final class State implements AutoCloseable {
    private final FileLock lock;

    private State(FileLock lock) {
        this.lock = lock;
    }

    /** @return empty if another process has it */
    static Optional<State> take(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            var ours = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(directory, ours);
        }
        var file =
                FileChannel.open(directory.resolve("serve.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            var lock = file.tryLock();
            if (lock != null) {
                return Optional.of(new State(lock));
            }
        } catch (OverlappingFileLockException e) {
            // this process has it already: just as taken
        }
        file.close();
        return Optional.empty();
    }

    @Override
    public void close() {
        try {
            lock.acquiredBy().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
