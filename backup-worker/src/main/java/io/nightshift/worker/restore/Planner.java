package io.nightshift.worker.restore;

import io.nightshift.contract.event.Cause;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.ServiceBackup;
import io.nightshift.worker.JobFailedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds out all that can go wrong, before anything is touched. */
@ApplicationScoped
class Planner {
    private final Folders folders;
    private final Fleet fleet;

    Planner(Folders folders, Fleet fleet) {
        this.folders = folders;
        this.fleet = fleet;
    }

    /** @param begun whether an earlier attempt has written already */
    Plan plan(Restore restore, ServiceBackup own, Archive archive, boolean begun, Journal journal)
            throws InterruptedException {
        var request = restore.request();
        Optional<Path> folder = request.inPlace() ? Optional.empty() : Optional.of(folders.folderOf(restore));
        folder.ifPresent(
                path -> folders.requireFolder(path, begun || request.overwrite().isPresent()));
        var snapshot = Snapshots.choose(restore, archive.snapshots());
        var stored = StoredPaths.of(snapshot);
        var asked = Selection.tops(request.paths());
        var wanted = asked.isEmpty() && request.inPlace() ? Selection.tops(own.paths()) : asked;
        var place = new Place(new Selection(snapshot, stored, wanted), folder);
        var contents = new Contents(place, Set.copyOf(wanted));
        archive.list(snapshot, contents);
        if (!asked.isEmpty()) {
            place.selection().requireAll(contents.seen(), restore.target().toString());
        } else if (request.inPlace()) {
            place = onlyWhatIsThere(place, contents.seen(), journal);
        }
        return checked(restore, own, archive, new Plan(place, contents.files(), contents.bytes()), contents);
    }

    /** A path that joined the fleet file after the snapshot is left as it is. */
    private static Place onlyWhatIsThere(Place place, Set<String> seen, Journal journal) {
        var missing = new TreeSet<>(place.selection().hostPaths());
        missing.removeAll(seen);
        missing.forEach(path -> journal.add(path + " is not in the snapshot, and is left as it is"));
        var selection = place.selection();
        return new Place(
                new Selection(selection.snapshot(), selection.stored(), List.copyOf(new TreeSet<>(seen))),
                place.folder());
    }

    private Plan checked(Restore restore, ServiceBackup own, Archive archive, Plan plan, Contents contents)
            throws InterruptedException {
        var place = plan.place();
        if (contents.entries() == 0) {
            throw new JobFailedException(
                    Cause.PATH_MISSING,
                    "nothing of what is asked for is in snapshot "
                            + place.selection().snapshot().shortId() + " of " + restore.target()
                            + "; nothing was touched",
                    "choose another snapshot, or other paths");
        }
        if (restore.request().inPlace()) {
            folders.requireInPlace(own, place);
        }
        if (!restore.request().skipSpaceCheck()) {
            requireSpace(archive, place, keepsWhatIsOverwritten(restore) ? contents.bytes() : contents.newBytes());
        }
        return plan;
    }

    /** ZFS does, for the ZFS snapshot before the restore and those of the nights: every block that is written is a new one. */
    private boolean keepsWhatIsOverwritten(Restore restore) {
        var host = Objects.requireNonNull(fleet.hosts().get(restore.target().host()));
        return restore.request().inPlace() && host.hasZfs();
    }

    /** Hard-linked files are counted once by restic alone, which costs a call: asked only where it matters. */
    private void requireSpace(Archive archive, Place place, long bytes) throws InterruptedException {
        try {
            folders.requireSpace(place.tops(), bytes);
        } catch (JobFailedException e) {
            folders.requireSpace(
                    place.tops(), Math.min(bytes, archive.size(place.selection().snapshot())));
        }
    }
}
