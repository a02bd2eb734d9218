package io.nightshift.contract.event;

import io.nightshift.contract.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The file at the root of a view that says of what it is a view: the announcement itself. Written last, so that a view
 * without it is not complete. Not part of any backup: restic is given the paths of services only.
 */
public final class ViewMarker {
    public static final String FILE_NAME = ".nightshift-view.json";

    private ViewMarker() {}

    /** Replaces the marker in one step. */
    public static void write(Path view, SnapshotEvent.Ready announcement) throws IOException {
        var temporary = view.resolve(FILE_NAME + ".new");
        Files.write(temporary, Wire.write(announcement));
        Files.move(temporary, view.resolve(FILE_NAME), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * @throws java.nio.file.NoSuchFileException if there is no view, or an unfinished one
     * @throws io.nightshift.contract.MalformedMessageException if the marker cannot be understood
     */
    public static SnapshotEvent.Ready read(Path view) throws IOException {
        return Wire.read(Files.readAllBytes(view.resolve(FILE_NAME)), SnapshotEvent.Ready.class);
    }
}
