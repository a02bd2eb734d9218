package io.nightshift.snapshot;

import io.nightshift.contract.MalformedMessageException;
import io.nightshift.contract.NightId;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.event.ViewMarker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The folders of the views, one for each night, and the markers in them that say what is complete. */
public final class Views {
    private static final Logger LOG = Logger.getLogger(Views.class);

    private final Path root;

    public Views(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    public Path root() {
        return root;
    }

    public Path of(NightId night) {
        return root.resolve(night.value());
    }

    /** The nights that have a folder, complete or not. */
    public List<NightId> nights() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.flatMap(folder -> night(folder).stream()).sorted().toList();
        } catch (IOException e) {
            throw failed("not readable: " + root, e);
        }
    }

    private static Optional<NightId> night(Path folder) {
        try {
            return Optional.of(new NightId(folder.getFileName().toString()));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // somebody else's
        }
    }

    /** What the marker says; empty if the view is not complete, or not there. */
    public Optional<SnapshotEvent.Ready> marker(NightId night) {
        if (!Files.isDirectory(of(night))) {
            return Optional.empty();
        }
        try {
            return Optional.of(ViewMarker.read(of(night)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (MalformedMessageException e) {
            LOG.warnf("marker of the view not understood, taken for unfinished night=%s: %s", night, e.getMessage());
            return Optional.empty();
        } catch (IOException e) {
            throw failed("marker of the view not readable: " + of(night), e);
        }
    }

    /** The last step: from now on the view is complete. */
    public void complete(SnapshotEvent.Ready ready) {
        try {
            ViewMarker.write(Files.createDirectories(of(ready.night())), ready);
        } catch (IOException e) {
            throw failed("marker of the view not written: " + of(ready.night()), e);
        }
    }

    /** The first step of an end: a job that has not begun yet will not begin. */
    public void withdraw(NightId night) {
        if (!Files.isDirectory(of(night))) {
            return;
        }
        try {
            Files.deleteIfExists(of(night).resolve(ViewMarker.FILE_NAME));
            Files.deleteIfExists(of(night).resolve(ViewMarker.FILE_NAME + ".new"));
        } catch (IOException e) {
            throw failed("marker of the view not deleted: " + of(night), e);
        }
    }

    public static SnapshotException failed(String what, IOException cause) {
        return new SnapshotException(
                what + ": " + cause,
                "check the rights and the free space there, and nightshift.snapshot.view-root",
                cause);
    }
}
