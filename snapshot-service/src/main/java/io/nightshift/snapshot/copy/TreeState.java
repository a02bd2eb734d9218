package io.nightshift.snapshot.copy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a tree looked like: enough to see that something changed, without reading the contents. A file or folder takes 8 bytes,
 * up to 20 while they are gathered: the names of a million do not fit
 * into the memory of this service.
 */
final class TreeState {

    /**
     * A change may leave the times as they were, where it follows another within a tick of the kernel's clock: 10 ms at
     * 100 Hz, doubled. So what changed that shortly before the look counts as changing still.
     */
    private static final Duration TICK = Duration.ofMillis(20);

    /** All but the time of the last reading, which the copying itself changes. No program can set back the ctime. */
    private static final String[] ATTRIBUTES = {
        "isDirectory", "isRegularFile", "ino", "mode", "uid", "gid", "size", "lastModifiedTime", "ctime"
    };

    /** Is told of each file and folder, a folder before what is in it. */
    interface Visitor {
        /**
         * @param attributes by name; none of a tree that vanished
         * @param changed is not as it was at the look before, or may have changed unseen
         */
        void visit(Path path, Map<String, Object> attributes, boolean changed) throws IOException, InterruptedException;
    }

    private final Instant lookedAt;
    private final Some changed = new Some();
    /** Of path and attributes; sorted when the look has ended. That one change in 10^12 is not seen is accepted. */
    private long[] hashes = new long[1024];

    private int size;

    private TreeState(Instant lookedAt) {
        this.lookedAt = lookedAt;
    }

    /** The first look. */
    static TreeState of(Path root, Instant now) throws IOException, InterruptedException {
        return new TreeState(Instant.MAX).next(root, now, (path, attributes, changed) -> {});
    }

    /** The next look, which begins now; where there is no tree any more, the root alone is told as changed. */
    TreeState next(Path root, Instant now, Visitor visitor) throws IOException, InterruptedException {
        var look = new Look(this, new TreeState(now), visitor);
        try {
            Files.walkFileTree(root, look);
            return look.ended(root);
        } catch (InterruptedIOException e) {
            throw (InterruptedException) new InterruptedException("look at " + root).initCause(e);
        }
    }

    /** What was told as changed; empty if the tree was as at the look before, and rested since then. */
    Some changed() {
        return changed;
    }

    private boolean has(long hash) {
        return Arrays.binarySearch(hashes, 0, size, hash) >= 0;
    }

    private void add(long hash) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, size + size / 2);
        }
        hashes[size++] = hash;
    }

    private static final class Look extends SimpleFileVisitor<Path> {
        private final TreeState before;
        private final TreeState now;
        private final Instant rested;
        private final Visitor visitor;
        private final MessageDigest digest = sha256();
        private int found;

        Look(TreeState before, TreeState now, Visitor visitor) {
            this.before = before;
            this.now = now;
            this.rested = before.lookedAt.minus(TICK);
            this.visitor = visitor;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes ignored) throws IOException {
            return look(folder);
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes ignored) throws IOException {
            return look(file);
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
            if (cause instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE; // deleted meanwhile, so it differs from the look before
            }
            throw cause;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException ignored) {
            return FileVisitResult.CONTINUE;
        }

        private FileVisitResult look(Path path) throws IOException {
            try {
                Map<String, Object> all =
                        Files.readAttributes(path, "unix:" + String.join(",", ATTRIBUTES), LinkOption.NOFOLLOW_LINKS);
                long hash = hash(path, all);
                now.add(hash);
                found += before.has(hash) ? 1 : 0;
                var ctime = (FileTime) Objects.requireNonNull(all.get("ctime"));
                tell(path, all, !before.has(hash) || ctime.toInstant().isAfter(rested));
            } catch (NoSuchFileException e) {
                return FileVisitResult.CONTINUE;
            }
            return FileVisitResult.CONTINUE;
        }

        private void tell(Path path, Map<String, Object> attributes, boolean changed) throws IOException {
            if (changed) {
                now.changed.add(path);
            }
            try {
                visitor.visit(path, attributes, changed);
            } catch (InterruptedException e) {
                throw (IOException) new InterruptedIOException().initCause(e);
            }
        }

        private long hash(Path path, Map<String, Object> attributes) {
            var text = new StringBuilder(path.toString());
            for (String name : ATTRIBUTES) {
                text.append('\0').append(attributes.get(name));
            }
            return ByteBuffer.wrap(digest.digest(text.toString().getBytes(UTF_8)))
                    .getLong();
        }

        /** What vanished has changed the times of its folder; the root's is not looked at. */
        TreeState ended(Path root) throws IOException {
            Arrays.sort(now.hashes, 0, now.size);
            if (found < before.size && now.changed.isEmpty()) {
                tell(root, Map.of(), true);
            }
            return now;
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("each Java platform has SHA-256", e);
            }
        }
    }
}
