package io.nightshift.snapshot;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the processes that read a view: it must not be taken apart under them, where one dataset after the other would
 * turn into an empty folder. By file system where the view has its own, since a container sees other paths.
 */
public final class ViewUsers {
    private final Path proc;

    public ViewUsers() {
        this(Path.of("/proc"));
    }

    ViewUsers(Path proc) {
        this.proc = proc;
    }

    /**
     * Some process with an open file or its working directory there, if there is one. Those of other users are seen by root
     * only.
     *
     * @param devices file systems that belong to the view alone
     */
    public Optional<Long> reader(Path view, Set<Object> devices) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (reads(process, view, devices)) {
                    return Optional.of(Long.parseLong(process.getFileName().toString()));
                }
            }
            return Optional.empty();
        } catch (IOException | DirectoryIteratorException e) {
            throw new SnapshotException("not readable: " + proc + ": " + e, "mount /proc", e);
        }
    }

    private static boolean reads(Path process, Path view, Set<Object> devices) {
        if (isIn(process.resolve("cwd"), view, devices)) {
            return true;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (isIn(file, view, devices)) {
                    return true;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return false; // it has ended meanwhile, or is another user's
        }
        return false;
    }

    private static boolean isIn(Path link, Path view, Set<Object> devices) {
        try {
            return Files.readSymbolicLink(link).startsWith(view)
                    || (!devices.isEmpty() && devices.contains(Files.getAttribute(link, "unix:dev")));
        } catch (IOException | RuntimeException e) {
            return false; // closed meanwhile, or no file at all
        }
    }
}
