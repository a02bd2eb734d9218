package io.nightshift.snapshot.copy;

import io.nightshift.snapshot.Programs;
import io.nightshift.snapshot.SnapshotException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Copies a tree that may be in use until the copy is what the tree was at one moment: copies, looks what changed
 * meanwhile, copies that again, and so on, until nothing did. Each round has less to copy, and so takes less time.
 */
final class SettledCopy {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Programs programs;
    private final InstantSource clock;
    private final Duration settleTime;

    SettledCopy(Programs programs, InstantSource clock, Duration settleTime) {
        this.programs = programs;
        this.clock = clock;
        this.settleTime = settleTime;
    }

    /**
     * Copies {@code tree} to the same path below {@code view}.
     *
     * @return what still changed when the time was up; empty for a copy of one moment
     */
    Some copy(Path tree, Path view) throws InterruptedException {
        try {
            var mending = new Mending(tree, view, programs);
            TreeState seen = TreeState.of(tree, clock.instant());
            mending.copyAll();
            Instant deadline = clock.instant().plus(settleTime);
            seen = mended(tree, seen, mending);
            while (!seen.changed().isEmpty() && clock.instant().isBefore(deadline)) {
                Thread.sleep(PAUSE.toMillis());
                seen = mended(tree, seen, mending);
                seen = mended(
                        tree, seen, mending); // at once, lest the tree has to rest for longer than it takes to mend
            }
            refuseIncomplete(tree, seen, view);
            return seen.changed();
        } catch (IOException | UncheckedIOException e) {
            throw new SnapshotException(
                    "not readable: " + tree + ": " + e, "give this service the right to read it", e);
        }
    }

    /** Each path is looked at before it is mended, so a change while it is mended is seen by the next look. */
    private TreeState mended(Path tree, TreeState before, Mending mending) throws IOException, InterruptedException {
        TreeState now = before.next(tree, clock.instant(), (path, attributes, changed) -> {
            if (changed) {
                mending.add(path);
            }
        });
        mending.mend();
        return now;
    }

    /** What changed since that look is not asked for: its copy may be older, or younger. */
    private void refuseIncomplete(Path tree, TreeState seen, Path view) throws IOException, InterruptedException {
        var missing = new Some();
        seen.next(tree, clock.instant(), (path, attributes, changed) -> {
            if (!changed && !isWhole(inView(path, view), attributes)) {
                missing.add(path);
            }
        });
        if (!missing.isEmpty()) {
            throw new SnapshotException(
                    "not copied, or not to the end: " + missing,
                    "give this service the right to read them, and space to the copies");
        }
    }

    /** A copy may be longer than what it was made of: some file systems do not know the size beforehand. */
    private static boolean isWhole(Path copy, Map<String, Object> source) throws IOException {
        try {
            var there = Files.readAttributes(copy, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return !Boolean.TRUE.equals(source.get("isRegularFile"))
                    || there.isRegularFile() && source.get("size") instanceof Long size && there.size() >= size;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    static Path inView(Path path, Path view) {
        return view.resolve(Path.of("/").relativize(path));
    }
}
