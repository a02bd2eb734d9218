package io.nightshift.worker.restore;

import io.nightshift.contract.event.Cause;
import io.nightshift.contract.fleet.ServiceBackup;
import io.nightshift.worker.JobFailedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Looks at places on this machine before anything is written to them: whether it is allowed, possible, and fits. */
@ApplicationScoped
class Folders {
    private static final String UNTOUCHED = "; nothing was touched";
    private static final int ROOT = 0;

    private final List<Path> roots;

    Folders(RestoreConfig config) {
        this.roots = config.roots();
    }

    /** Where a restore goes that is not in place. */
    Path folderOf(Restore restore) {
        var name = restore.toString().replace('/', '-');
        var folder = restore.request()
                .folder()
                .map(Path::of)
                .orElseGet(() -> roots.get(0).toAbsolutePath().resolve(name));
        if (roots.stream().noneMatch(root -> isBelow(folder, root))) {
            throw refused(
                    folder + " is not below " + roots + ", where restores may be put",
                    "choose a folder below it, or add one to nightshift.restore.roots of the worker");
        }
        return folder;
    }

    /** By real paths: a link must not lead out of the root. The root itself is ours to make. */
    private static boolean isBelow(Path folder, Path root) {
        var real = real(folder);
        return real.startsWith(real(root.toAbsolutePath())) && !real.equals(real(root.toAbsolutePath()));
    }

    private static Path real(Path path) {
        var there = nearest(path);
        try {
            return there.toRealPath().resolve(there.relativize(path)).normalize();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A link that leads nowhere counts as there, and its real path is an error. */
    private static Path nearest(Path path) {
        var there = path;
        while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
            there = Objects.requireNonNull(there.getParent(), "the root is there");
        }
        return there;
    }

    /** @param ours whether what is in the folder may be from an earlier attempt, or be overwritten */
    void requireFolder(Path folder, boolean ours) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw refused(folder + " is no folder", "choose another");
        }
        if (!ours && Files.isDirectory(folder) && !isEmpty(folder)) {
            throw refused(folder + " is not empty", "choose a new folder, or ask with \"overwrite\" and a policy");
        }
        requireWritable(nearest(folder));
    }

    private static boolean isEmpty(Path folder) {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw refused(folder + " cannot be read: " + e, "give the worker's user the right to read it");
        }
    }

    /** In place only what the worker's own fleet file names, and only with the right to give files their owners back. */
    void requireInPlace(ServiceBackup own, Place place) {
        for (var path : place.selection().hostPaths()) {
            var top = own.paths().stream()
                    .filter(each -> Selection.isAtOrBelow(path, each))
                    .findFirst()
                    .orElseThrow(() -> refused(
                            path + " is not of " + own.target() + ", whose paths are " + own.paths(),
                            "restore it to a folder"));
            requireNoLink(Path.of(top), Path.of(path));
        }
        if (!Files.isDirectory(place.root())) {
            throw refused(place.root() + " is not there", "mount the dataset first");
        }
        for (var top : place.tops()) {
            requireOwner(nearest(top));
            requireWritable(nearest(top));
        }
    }

    /** Whoever may write the data could have put one there, to have files elsewhere overwritten. restic replaces the last itself. */
    private static void requireNoLink(Path top, Path path) {
        for (var above = path.getParent(); above != null && above.startsWith(top); above = above.getParent()) {
            if (!above.equals(top) && Files.isSymbolicLink(above)) {
                throw refused(
                        above + " is a symbolic link, which would lead the restore of " + path + " elsewhere",
                        "remove the link, or restore " + above + " wholly");
            }
        }
    }

    private static void requireOwner(Path path) {
        int user = owner(Path.of("/proc/self"));
        if (user != ROOT && user != owner(path)) {
            throw refused(
                    "in place needs root, or the owner of " + path + "; the worker runs as user " + user,
                    "run the worker as root, or restore to a folder");
        }
    }

    private static int owner(Path path) {
        try {
            return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireWritable(Path path) {
        if (!Files.isWritable(path)) {
            throw refused(
                    path + " cannot be written to",
                    "give the worker's user the right to, or name it in ReadWritePaths= of the worker's systemd unit");
        }
    }

    /** Whether files will have the worker's owner instead of their own. */
    static boolean losesOwners() {
        return owner(Path.of("/proc/self")) != ROOT;
    }

    /** @param bytes needed over all of the paths; as they may be on several file systems, the sum of their space counts */
    void requireSpace(List<Path> paths, long bytes) {
        var stores = new HashSet<FileStore>();
        long free;
        try {
            for (var path : paths) {
                stores.add(Files.getFileStore(nearest(path)));
            }
            free = free(stores);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (bytes > free) {
            throw new JobFailedException(
                    Cause.PLACE_FULL,
                    "it needs up to " + bytes + " bytes at " + paths.get(0) + ", where " + free + " are free"
                            + UNTOUCHED,
                    "make room; or, if its files are sparse or most of them are there unchanged, ask with"
                            + " \"skipSpaceCheck\": true");
        }
    }

    /** The datasets of a ZFS pool share its space, so it counts once: that of the one that may have most. */
    static long free(Set<FileStore> stores) throws IOException {
        var free = new HashMap<Object, Long>();
        for (var store : stores) {
            Object shared = store.type().equals("zfs") ? store.name().split("/", 2)[0] : store;
            free.merge(shared, store.getUsableSpace(), Math::max);
        }
        return free.values().stream().mapToLong(Long::longValue).sum();
    }

    private static JobFailedException refused(String message, String advice) {
        return new JobFailedException(Cause.PLACE_REFUSED, message + UNTOUCHED, advice);
    }
}
