package io.nightshift.snapshot.copy;

import io.nightshift.snapshot.Programs;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Makes a copy of a tree, and again of what has changed in it. Not for several threads. */
final class Mending {
    /** Longer argument lists are cut in pieces; Linux allows 2 MiB in all, 128 KiB each. */
    private static final int ARGUMENTS = 200;

    /** So many changed paths are in memory at most, about 1 MB. */
    private static final int GATHERED = 2_000;

    private final Path tree;
    private final Path view;
    private final Programs programs;
    private final Set<Path> gathered = new HashSet<>();

    Mending(Path tree, Path view, Programs programs) {
        this.tree = tree;
        this.view = view;
        this.programs = programs;
    }

    void copyAll() throws InterruptedException {
        cp(List.of(tree));
    }

    /** Is mended with the next {@link #mend} at the latest. */
    void add(Path changed) throws IOException, InterruptedException {
        gathered.add(changed);
        if (gathered.size() == GATHERED) {
            mend();
        }
    }

    void mend() throws IOException, InterruptedException {
        var replaced = new HashSet<Path>();
        var folders = new HashSet<Path>(); // mending changes their times
        for (Path path : gathered) {
            Path named = named(path);
            boolean folder = named.equals(path) && isDirectory(path) && isDirectory(copyOf(path));
            if (!folder || !removeVanished(path)) {
                replaced.add(named);
            }
            folders.add(folder || named.equals(tree) ? named : named.getParent());
        }
        replace(topmost(replaced));
        for (Path folder : folders) {
            copyTimes(folder, copyOf(folder));
        }
        gathered.clear();
    }

    /** Arguments of programs are text. Where a name is none, the nearest folder above that has one is copied anew. */
    private static Path named(Path path) {
        Path named = path;
        while (!named.equals(Path.of(named.toString()))) {
            named = Objects.requireNonNull(named.getParent());
        }
        return named;
    }

    /**
     * Source: unlink and rename of POSIX change the times of the folder, so a folder from which something vanished has changed.
     *
     * @return false if one of them has a name that is no text
     */
    private boolean removeVanished(Path folder) throws IOException, InterruptedException {
        var vanished = new ArrayList<Path>();
        try (DirectoryStream<Path> copies = Files.newDirectoryStream(copyOf(folder))) {
            for (Path copy : copies) {
                if (Files.notExists(folder.resolve(copy.getFileName()), LinkOption.NOFOLLOW_LINKS)) {
                    if (!named(copy).equals(copy)) {
                        return false;
                    }
                    vanished.add(copy);
                }
                if (vanished.size() == ARGUMENTS) {
                    rm(vanished);
                    vanished.clear();
                }
            }
        }
        rm(vanished);
        return true;
    }

    private void replace(List<Path> paths) throws InterruptedException {
        rm(paths.stream().map(this::copyOf).toList());
        cp(paths.stream()
                .filter(path -> !Files.notExists(path, LinkOption.NOFOLLOW_LINKS))
                .toList());
    }

    /** Those below another are left out. */
    private static List<Path> topmost(Set<Path> paths) {
        return paths.stream()
                .filter(path -> {
                    Path above = path.getParent();
                    while (above != null && !paths.contains(above)) {
                        above = above.getParent();
                    }
                    return above == null;
                })
                .toList();
    }

    private void rm(Collection<Path> copies) throws InterruptedException {
        run(List.of("rm", "-rf", "--one-file-system", "--"), List.copyOf(copies), List.of());
    }

    private void cp(List<Path> paths) throws InterruptedException {
        run(List.of("cp", "-a", "--reflink=auto", "--parents", "--"), paths, List.of(view));
    }

    /**
     * What vanishes, or is replaced, under the hands of {@code cp} is no failure, for the next look sees it. Source: copy.c of coreutils
     * 9.1. A name cannot feign it: at the end of a line it stands in quotes.
     */
    private static boolean isSeenLater(String complaint) {
        return complaint.endsWith(": No such file or directory")
                || complaint.endsWith(", as it was replaced while being copied");
    }

    private void run(List<String> command, List<Path> paths, List<Path> last) throws InterruptedException {
        for (int from = 0; from < paths.size(); from += ARGUMENTS) {
            List<String> argv = new ArrayList<>(command);
            paths.subList(from, Math.min(paths.size(), from + ARGUMENTS)).forEach(path -> argv.add(path.toString()));
            last.forEach(path -> argv.add(path.toString()));
            programs.run(argv, Mending::isSeenLater);
        }
    }

    private static boolean isDirectory(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static void copyTimes(Path folder, Path copy) throws IOException {
        if (!isDirectory(folder) || !isDirectory(copy)) {
            return; // it has gone since the look, which the next one will see
        }
        try {
            FileTime modified = Files.getLastModifiedTime(folder);
            Files.setAttribute(copy, "unix:uid", Files.getAttribute(folder, "unix:uid"));
            Files.setAttribute(copy, "unix:gid", Files.getAttribute(folder, "unix:gid"));
            Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(folder));
            Files.getFileAttributeView(copy, BasicFileAttributeView.class).setTimes(modified, null, null);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return; // just now
        }
    }

    Path copyOf(Path path) {
        return SettledCopy.inView(path, view);
    }
}
