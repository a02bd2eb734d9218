package io.nightshift.worker.restore;

import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.RestoreRequest.Overwrite;
import io.nightshift.worker.JobFailedException;
import io.nightshift.worker.restore.Archive.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Compares each entry of a snapshot with what is on the disk: that it is there, of the right kind and size. */
final class Comparison implements Consumer<Entry> {
    /** In the place of bytes that are no UTF-8, restic's JSON has this; such a name cannot be looked up. */
    private static final String REPLACED = "\uFFFD";

    private final Place place;
    private final boolean mayDiffer;
    private final Sidecars sidecars;
    private final List<String> wrong = new ArrayList<>();
    private long wrongCount;
    private long notCompared;

    /** @param overwrite a policy that keeps files allows them another size */
    Comparison(Place place, Overwrite overwrite, Sidecars sidecars) {
        this.place = place;
        this.mayDiffer = overwrite == Overwrite.NEVER || overwrite == Overwrite.IF_NEWER;
        this.sidecars = sidecars;
    }

    @Override
    public void accept(Entry entry) {
        if (entry.kind() == Archive.Kind.SOCKET || !place.selection().contains(entry.path())) {
            return;
        }
        if (!canBeNamed(entry)) {
            notCompared++;
            return;
        }
        var path = place.of(entry.path());
        try {
            compare(entry, path);
        } catch (NoSuchFileException e) {
            wrong(path + " is not there");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean canBeNamed(Entry entry) {
        return !entry.path().contains(REPLACED);
    }

    private void compare(Entry entry, Path path) throws IOException {
        var found = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (kind(found) != entry.kind()) {
            wrong(path + " is of another kind");
        } else if (entry.kind() == Archive.Kind.FILE && found.size() != entry.size() && !mayDiffer) {
            wrong(path + " has " + found.size() + " bytes, not " + entry.size());
        } else if (entry.kind() == Archive.Kind.FILE && isAsStored(entry, found)) {
            sidecars.restored(path);
        }
    }

    /** A database that the policy has kept keeps what lies beside it. */
    private boolean isAsStored(Entry entry, BasicFileAttributes found) {
        return found.size() == entry.size()
                && (!mayDiffer || found.lastModifiedTime().toInstant().equals(entry.modified()));
    }

    private static Archive.Kind kind(BasicFileAttributes found) {
        if (found.isRegularFile()) {
            return Archive.Kind.FILE;
        }
        if (found.isDirectory()) {
            return Archive.Kind.FOLDER;
        }
        return found.isSymbolicLink() ? Archive.Kind.LINK : Archive.Kind.OTHER;
    }

    private void wrong(String what) {
        wrongCount++;
        if (wrong.size() < Failure.MAX_PATHS) {
            wrong.add(what);
        }
    }

    /** Entries with names that cannot be looked up. */
    long notCompared() {
        return notCompared;
    }

    /** @throws JobFailedException if something is not as it should be */
    void requireGood(Restore restore) {
        if (wrongCount > 0) {
            throw new JobFailedException(Failure.of(
                            Cause.RESTORE_INCOMPLETE,
                            "restore " + restore + ": " + wrongCount
                                    + " entries are not as in the snapshot, the first: " + wrong.get(0),
                            "see whether somebody writes there at the same time, and restore again")
                    .withPaths(wrong, (int) Math.min(Integer.MAX_VALUE, wrongCount)));
        }
    }
}
