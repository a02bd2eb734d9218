package io.nightshift.worker.query;

import io.nightshift.contract.event.StoredFile;
import io.nightshift.contract.event.StoredFile.Kind;
import io.nightshift.worker.restore.Archive;
import io.nightshift.worker.restore.StoredPaths;

/** Entries of restic as they are told. Pure. */
final class StoredFiles {
    private StoredFiles() {}

    static StoredFile of(Archive.Entry entry, StoredPaths paths) {
        var kind = switch (entry.kind()) {
            case FILE -> Kind.FILE;
            case FOLDER -> Kind.FOLDER;
            case LINK -> Kind.LINK;
            case SOCKET, OTHER -> Kind.OTHER;
        };
        return new StoredFile(paths.host(entry.path()), kind, kind == Kind.FILE ? entry.size() : 0, entry.modified());
    }
}
