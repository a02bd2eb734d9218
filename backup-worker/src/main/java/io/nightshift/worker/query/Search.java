package io.nightshift.worker.query;

import io.nightshift.contract.event.Query;
import io.nightshift.contract.event.StoredFile;
import io.nightshift.worker.restore.Archive;
import io.nightshift.worker.restore.StoredPaths;
import java.util.Locale;
import java.util.function.Consumer;

/** Picks out of everything in a snapshot what has the name. */
final class Search implements Consumer<Archive.Entry> {
    private final StoredPaths paths;
    private final String part;
    private final String below;
    private final Page<StoredFile> page;

    Search(StoredPaths paths, Query.Find query) {
        this.paths = paths;
        this.part = query.name().toLowerCase(Locale.ROOT);
        this.below = query.path().filter(path -> !path.equals("/")).orElse("") + "/";
        this.page = new Page<>(query);
    }

    @Override
    public void accept(Archive.Entry entry) {
        var name = entry.path().substring(entry.path().lastIndexOf('/') + 1);
        if (name.toLowerCase(Locale.ROOT).contains(part)
                && paths.host(entry.path()).startsWith(below)) {
            page.accept(StoredFiles.of(entry, paths));
        }
    }

    Page<StoredFile> page() {
        return page;
    }
}
