package io.nightshift.worker.restore;

import io.nightshift.worker.restore.Archive.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Counts what is wanted of a snapshot, and how much more space it takes than what is there already, where that is overwritten. */
final class Contents implements Consumer<Entry> {
    private final Place place;
    private final Set<String> wanted;
    private final Set<String> seen = new TreeSet<>();
    private long entries;
    private long files;
    private long bytes;
    private long newBytes;

    /** @param wanted paths of the host that are to be looked out for */
    Contents(Place place, Set<String> wanted) {
        this.place = place;
        this.wanted = wanted;
    }

    @Override
    public void accept(Entry entry) {
        var host = place.selection().stored().host(entry.path());
        if (wanted.contains(host)) {
            seen.add(host);
        }
        if (!place.selection().contains(entry.path())) {
            return;
        }
        entries++;
        if (entry.kind() == Archive.Kind.FILE) {
            files++;
            bytes += entry.size();
            newBytes += Math.max(0, entry.size() - there(place.of(entry.path())));
        }
    }

    private static long there(Path path) {
        try {
            var found = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return found.isRegularFile() ? found.size() : 0;
        } catch (IOException e) {
            return 0; // not there, most likely
        }
    }

    /** Those of the wanted paths that there are; a whole dataset's folder has no entry of its own. */
    Set<String> seen() {
        if (entries > 0) {
            var prefix = place.selection().stored().prefix();
            wanted.stream().filter(prefix::equals).forEach(seen::add);
        }
        return seen;
    }

    long entries() {
        return entries;
    }

    long files() {
        return files;
    }

    long bytes() {
        return bytes;
    }

    long newBytes() {
        return newBytes;
    }
}
