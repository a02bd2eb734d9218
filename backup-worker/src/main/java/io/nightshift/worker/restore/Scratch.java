package io.nightshift.worker.restore;

import io.nightshift.contract.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * A folder that nobody else can read, empty at first and gone at the end; also what a worker that died left in its place. Ours
 * by a lock on a file beside it, which ends with the process: of workers that share a {@code state-dir} none takes it from
 * another. That file stays, or two could hold a lock each, on files of the same name.
 */
final class Scratch implements AutoCloseable {
    private static final Set<PosixFilePermission> OURS_ALONE = PosixFilePermissions.fromString("rwx------");

    private final Path folder;
    private final FileChannel lock;

    private Scratch(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Below which each target has its own. */
    static Path home(Path stateDir) {
        return stateDir.toAbsolutePath().resolve("restore-test");
    }

    /**
     * @return empty: another process has it. In one process only one at a time may try, since closing the file ends every lock on it.
     * @throws UncheckedIOException if it cannot be made, or emptied
     */
    static Optional<Scratch> of(Path home, Target target) {
        try {
            Files.createDirectories(home);
            var scratch = new Scratch(home.resolve(target.tokens()), open(home.resolve(target.tokens() + ".lock")));
            return scratch.take() ? Optional.of(scratch) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private boolean take() throws IOException {
        boolean taken = false;
        try {
            if (lock.tryLock() != null) {
                remove();
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OURS_ALONE));
                taken = true;
            }
        } finally {
            if (!taken) {
                lock.close();
            }
        }
        return taken;
    }

    Path folder() {
        return folder;
    }

    /** @param bytes as the files say, holes included */
    record Amount(long files, long bytes) {}

    Amount amount() {
        var files = new LongAdder();
        var bytes = new LongAdder();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes found) {
                    if (found.isRegularFile()) {
                        files.increment();
                        bytes.add(found.size());
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Amount(files.sum(), bytes.sum());
    }

    @Override
    public void close() {
        try (lock) {
            remove();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was restored may be a folder that not even its owner may write to. */
    private void remove() throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes found) throws IOException {
                Files.setPosixFilePermissions(each, OURS_ALONE);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes found) throws IOException {
                Files.delete(each);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, IOException problem) throws IOException {
                Files.delete(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
