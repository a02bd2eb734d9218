package io.nightshift.worker.restore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.LongAdder;

/** A folder that nobody else can read, empty at first and gone at the end; also what a worker that died left in its place. */
final class Scratch implements AutoCloseable {
    private static final String OURS_ALONE = "rwx------";

    private final Path folder;

    /** @throws UncheckedIOException if it cannot be made, or emptied */
    Scratch(Path folder) {
        this.folder = folder;
        try {
            remove();
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(OURS_ALONE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        try {
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
                Files.setPosixFilePermissions(each, PosixFilePermissions.fromString(OURS_ALONE));
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
