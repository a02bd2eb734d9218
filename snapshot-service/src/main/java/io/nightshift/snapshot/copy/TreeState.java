package io.nightshift.snapshot.copy;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a tree looked like: enough to see that something changed, without reading the contents.
 *
 * @param lookedAt when the look began
 * @param entries files and folders by path; empty if there is no tree
 */
record TreeState(Instant lookedAt, Map<Path, Entry> entries) {

    /**
     * A change may leave the times as they were, where it follows another within a tick of the kernel's clock: 10 ms at
     * 100 Hz, doubled. So what changed that shortly before the look counts as changing still.
     */
    private static final Duration TICK = Duration.ofMillis(20);

    /** All but the time of the last reading, which the copying itself changes. */
    private static final String ATTRIBUTES = "unix:isDirectory,ino,mode,uid,gid,size,lastModifiedTime,ctime";

    /**
     * How a file looks.
     *
     * @param changed the inode's ctime, which no program can set back
     */
    record Entry(boolean directory, FileTime changed, Map<String, Object> attributes) {}

    static TreeState of(Path root, Instant now) throws IOException {
        Map<Path, Entry> entries = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes ignored) throws IOException {
                return add(folder);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes ignored) throws IOException {
                return add(file);
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

            private FileVisitResult add(Path path) throws IOException {
                try {
                    entries.put(path, entry(path));
                } catch (NoSuchFileException e) {
                    return FileVisitResult.CONTINUE;
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return new TreeState(now, entries);
    }

    private static Entry entry(Path path) throws IOException {
        Map<String, Object> all = Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        var changed = (FileTime) Objects.requireNonNull(all.get("ctime"));
        return new Entry(Boolean.TRUE.equals(all.get("isDirectory")), changed, all);
    }

    /** What is not now as it was, or may change unseen. */
    Set<Path> changedSince(TreeState before) {
        Set<Path> changed = new TreeSet<>();
        entries.forEach((path, entry) -> {
            if (!entry.equals(before.entries.get(path))
                    || entry.changed().toInstant().isAfter(before.lookedAt.minus(TICK))) {
                changed.add(path);
            }
        });
        before.entries.keySet().stream()
                .filter(path -> !entries.containsKey(path))
                .forEach(changed::add);
        return changed;
    }

    boolean isDirectory(Path path) {
        Entry entry = entries.get(path);
        return entry != null && entry.directory();
    }

    boolean has(Path path) {
        return entries.containsKey(path);
    }
}
