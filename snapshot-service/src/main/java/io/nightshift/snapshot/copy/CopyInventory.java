package io.nightshift.snapshot.copy;

import io.nightshift.contract.event.SnapshotSource;
import io.nightshift.snapshot.coverage.Inventory;
import io.nightshift.snapshot.coverage.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The folders that the fleet file names, as they are now. A copy has the paths of services and nothing else, so there is
 * nothing beside them to be seen in it.
 */
public final class CopyInventory implements Inventory {
    private final List<Path> roots;

    public CopyInventory(List<String> roots) {
        this.roots = roots.stream().map(Path::of).toList();
    }

    @Override
    public List<Place> places(SnapshotSource source) {
        return roots.stream()
                .filter(Files::isDirectory)
                .map(root -> new Place(root.toString(), Optional.of(root), Optional.of(root), true, true))
                .toList();
    }
}
