package io.nightshift.worker.restore;

import io.nightshift.contract.event.RestoreRequest;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The calls of restic for a selection. In place, each begins at the nearest folder that exists, so that what lies above the
 * restored paths keeps its owner, mode and time, and {@code --delete} reaches nothing beside them (tried with restic
 * 0.18.0: the target's own attributes stay, and only what an include covers is deleted).
 */
final class Parts {
    private Parts() {}

    static List<Archive.Part> of(Place place, RestoreRequest request) {
        var parts = new ArrayList<Archive.Part>();
        includes(place).forEach((folder, includes) -> parts.add(part(place, request, folder, includes)));
        return List.copyOf(parts);
    }

    private static Archive.Part part(Place place, RestoreRequest request, Path folder, List<String> includes) {
        var subfolder = place.root().relativize(folder).toString();
        return new Archive.Part(
                place.selection().snapshot(),
                "/" + subfolder,
                folder,
                includes,
                request.overwrite(),
                request.delete(),
                request.dryRun(),
                request.verifies() && !request.dryRun(),
                request.delete() || request.dryRun());
    }

    /** By the folder that restic is to take for its target. */
    private static SortedMap<Path, List<String>> includes(Place place) {
        var byFolder = new TreeMap<Path, List<String>>();
        if (place.selection().hostPaths().isEmpty()) {
            byFolder.put(place.root(), List.of());
            return byFolder;
        }
        for (var top : place.tops()) {
            var folder = place.folder().isPresent() || top.equals(place.root()) ? place.root() : nearest(top, place);
            if (top.equals(place.root())) {
                byFolder.put(folder, List.of());
            } else {
                byFolder.computeIfAbsent(folder, f -> new ArrayList<>())
                        .add(Selection.asPattern("/" + folder.relativize(top)));
            }
        }
        return byFolder;
    }

    /** Never above the stored root. */
    private static Path nearest(Path top, Place place) {
        var folder = above(top);
        while (!folder.equals(place.root()) && !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            folder = above(folder);
        }
        return folder;
    }

    private static Path above(Path path) {
        return Objects.requireNonNull(path.getParent(), "below the root");
    }
}
