package io.nightshift.worker.query;

import io.nightshift.contract.event.StoredFile;
import io.nightshift.worker.restore.Archive;
import io.nightshift.worker.restore.StoredPaths;
import java.util.Optional;
import java.util.function.Consumer;

/** What restic lists for one folder: the folder itself first, and then what is in it. */
final class Listing implements Consumer<Archive.Entry> {
    private static final String TOP = "/";

    private final StoredPaths paths;
    private final Page<StoredFile> page;
    private final String path;
    private final Optional<String> stored;
    private boolean folder;

    /** @param asked {@code /} means the top of what is stored, also where that is the mount point of a dataset */
    Listing(StoredPaths paths, String asked, Page<StoredFile> page) {
        this.paths = paths;
        this.page = page;
        this.path = asked.equals(TOP) ? paths.host(TOP) : asked;
        this.stored = asked.equals(TOP) ? Optional.of(TOP) : paths.stored(asked);
        this.folder = stored.equals(Optional.of(TOP)); // which restic does not list
    }

    /** Empty: it cannot be in the snapshot. */
    Optional<String> stored() {
        return stored;
    }

    String path() {
        return path;
    }

    @Override
    public void accept(Archive.Entry entry) {
        if (stored.equals(Optional.of(entry.path()))) {
            folder |= entry.kind() == Archive.Kind.FOLDER;
        } else {
            page.accept(StoredFiles.of(entry, paths));
        }
    }

    boolean isFolder() {
        return folder;
    }

    Page<StoredFile> page() {
        return page;
    }
}
