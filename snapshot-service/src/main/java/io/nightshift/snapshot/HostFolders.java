package io.nightshift.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The folders of a view that lead to what is backed up, such as {@code srv} above a dataset mounted at {@code /srv/media}.
 * restic keeps them with their owner, mode and time, and a restore to {@code /} puts those back: so they must be the
 * host's own, never those of a folder that we have made. The same time also keeps an unchanged night unchanged.
 */
public final class HostFolders {
    private final Path view;
    private final List<Path> made = new ArrayList<>();

    public HostFolders(Path view) {
        this.view = view;
    }

    /** Makes the folder, on which something will be mounted, and those above it that are missing. */
    public void create(Path place) throws IOException {
        Files.createDirectories(view);
        Path at = view;
        for (Path name : view.relativize(place)) {
            at = at.resolve(name);
            if (Files.notExists(at, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(at);
                if (!at.equals(place)) {
                    made.add(at);
                }
            }
        }
    }

    /** To be called last, for whatever is made in a folder changes its time. A folder that the host lacks stays ours. */
    public void dress() throws IOException {
        var deepestFirst = new ArrayList<>(made);
        Collections.reverse(deepestFirst);
        for (Path folder : deepestFirst) {
            Path original = Path.of("/").resolve(view.relativize(folder));
            if (Files.isDirectory(original, LinkOption.NOFOLLOW_LINKS)) {
                dress(folder, original);
            }
        }
    }

    private static void dress(Path folder, Path original) throws IOException {
        var time = Files.getLastModifiedTime(original, LinkOption.NOFOLLOW_LINKS);
        for (String attribute : List.of("unix:uid", "unix:gid", "unix:mode")) {
            Files.setAttribute(folder, attribute, Files.getAttribute(original, attribute, LinkOption.NOFOLLOW_LINKS));
        }
        Files.setLastModifiedTime(folder, time);
    }
}
