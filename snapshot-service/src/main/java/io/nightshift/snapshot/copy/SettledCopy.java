package io.nightshift.snapshot.copy;

import io.nightshift.snapshot.Programs;
import io.nightshift.snapshot.SnapshotException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Copies a tree that may be in use until the copy is what the tree was at one moment: copies, looks what changed
 * meanwhile, copies that again, and so on, until nothing did. Each round has less to copy, and so takes less time.
 */
final class SettledCopy {
    /** Longer argument lists are cut in pieces; Linux allows 2 MiB in all, 128 KiB each. */
    private static final int ARGUMENTS = 200;

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
    Set<Path> copy(Path tree, Path view) throws InterruptedException {
        try {
            TreeState before = TreeState.of(tree, clock.instant());
            cp(List.of(tree), view);
            Instant deadline = clock.instant().plus(settleTime);
            TreeState after = TreeState.of(tree, clock.instant());
            Set<Path> changed = after.changedSince(before);
            while (!changed.isEmpty() && clock.instant().isBefore(deadline)) {
                Thread.sleep(PAUSE.toMillis());
                before = TreeState.of(tree, clock.instant());
                changed.addAll(before.changedSince(after));
                mend(changed, before, view);
                after = TreeState.of(tree, clock.instant());
                changed = after.changedSince(before);
            }
            refuseIncomplete(after, changed, view);
            return changed;
        } catch (IOException | UncheckedIOException e) {
            throw new SnapshotException(
                    "not readable: " + tree + ": " + e, "give this service the right to read it", e);
        }
    }

    private void mend(Set<Path> changed, TreeState now, Path view) throws IOException, InterruptedException {
        List<Path> replaced = changed.stream()
                .filter(path -> !(now.isDirectory(path) && isDirectory(inView(path, view))))
                .toList();
        run(List.of("rm", "-rf", "--one-file-system", "--"), topmost(replaced, view), List.of());
        cp(topmost(replaced.stream().filter(now::has).toList(), Path.of("/")), view);
        for (Path path : changed) {
            if (now.isDirectory(path)) {
                copyTimes(path, inView(path, view));
            }
        }
    }

    /** Those below another are left out; {@code root} stands before each. Sorted paths have a folder before its content. */
    private static List<Path> topmost(List<Path> sorted, Path root) {
        List<Path> topmost = new ArrayList<>();
        for (Path path : sorted) {
            if (topmost.isEmpty() || !inView(path, root).startsWith(topmost.get(topmost.size() - 1))) {
                topmost.add(inView(path, root));
            }
        }
        return topmost;
    }

    /** What vanishes under its hands is no failure, for the next look sees it; what is missing at the end is. */
    private void cp(List<Path> paths, Path view) throws InterruptedException {
        try {
            run(List.of("cp", "-a", "--reflink=auto", "--parents", "--"), paths, List.of(view));
        } catch (SnapshotException e) {
            if (!e.reason().contains("No such file or directory")) {
                throw e;
            }
        }
    }

    private void run(List<String> command, List<Path> paths, List<Path> last) throws InterruptedException {
        for (int from = 0; from < paths.size(); from += ARGUMENTS) {
            List<String> argv = new ArrayList<>(command);
            paths.subList(from, Math.min(paths.size(), from + ARGUMENTS)).forEach(path -> argv.add(path.toString()));
            last.forEach(path -> argv.add(path.toString()));
            programs.run(argv);
        }
    }

    private static void refuseIncomplete(TreeState source, Set<Path> changed, Path view) {
        List<Path> missing = source.entries().keySet().stream()
                .filter(path -> !changed.contains(path))
                .filter(path -> !Files.exists(inView(path, view), LinkOption.NOFOLLOW_LINKS))
                .toList();
        if (!missing.isEmpty()) {
            throw new SnapshotException("not copied: " + some(missing), "give this service the right to read them");
        }
    }

    private static boolean isDirectory(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** The mending itself changes the times of folders that it adds to or removes from. */
    private static void copyTimes(Path folder, Path copy) throws IOException {
        if (!isDirectory(folder) || !isDirectory(copy)) {
            return; // it has gone since the look, which the next one will see
        }
        FileTime modified = Files.getLastModifiedTime(folder);
        Files.setAttribute(copy, "unix:uid", Files.getAttribute(folder, "unix:uid"));
        Files.setAttribute(copy, "unix:gid", Files.getAttribute(folder, "unix:gid"));
        Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(folder));
        Files.getFileAttributeView(copy, BasicFileAttributeView.class).setTimes(modified, null, null);
    }

    static Path inView(Path path, Path view) {
        return view.resolve(Path.of("/").relativize(path));
    }

    /** As many as fit in a line of a log. */
    static String some(Collection<Path> paths) {
        List<String> first = paths.stream().limit(5).map(Path::toString).toList();
        return String.join(", ", first) + (paths.size() > 5 ? " and " + (paths.size() - 5) + " more" : "");
    }
}
