package io.nightshift.worker.restore;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a selection comes back to.
 *
 * @param folder empty: in place
 */
record Place(Selection selection, Optional<Path> folder) {

    /** Where on this machine a stored path comes to. */
    Path of(String storedPath) {
        var host = selection.stored().host(storedPath);
        return folder.map(path -> path.resolve(host.substring(1))).orElse(Path.of(host));
    }

    /** The stored root of everything. */
    Path root() {
        return of("/");
    }

    List<Path> tops() {
        return selection.hostPaths().isEmpty()
                ? List.of(root())
                : selection.hostPaths().stream()
                        .map(path -> of(selection.stored().stored(path).orElseThrow()))
                        .toList();
    }
}
