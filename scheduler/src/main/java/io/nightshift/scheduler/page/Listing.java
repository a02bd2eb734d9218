package io.nightshift.scheduler.page;

import io.nightshift.contract.event.StoredFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One folder of a snapshot, or what was found below it.
 *
 * @param path of the folder, as on the host
 * @param name what was looked for; empty: nothing, the folder is shown
 * @param total of which {@code files} are some, from {@code offset} on
 */
record Listing(
        String snapshot,
        Instant time,
        String path,
        String name,
        List<StoredFile> files,
        int total,
        int offset,
        boolean more) {

    /** A folder above. */
    public record Crumb(String name, String path) {}

    /** The folders above this one, from the root on, without it. */
    public List<Crumb> above() {
        var crumbs = new ArrayList<Crumb>();
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            var folder = path.substring(0, slash);
            crumbs.add(new Crumb(lastName(folder), folder));
        }
        return crumbs;
    }

    public boolean isRoot() {
        return path.equals("/");
    }

    public String folderName() {
        return lastName(path);
    }

    public int next() {
        return offset + files.size();
    }

    static String lastName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
