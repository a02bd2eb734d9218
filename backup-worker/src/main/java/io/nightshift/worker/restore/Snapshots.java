package io.nightshift.worker.restore;

import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.RestoreRequest;
import io.nightshift.worker.JobFailedException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the snapshot that a request means. Pure. */
final class Snapshots {
    private Snapshots() {}

    /** @throws JobFailedException if there is none, or more than one */
    static Archive.Snapshot choose(Restore restore, List<Archive.Snapshot> all) {
        var request = restore.request();
        var id = request.snapshot().filter(name -> !name.equals(RestoreRequest.LATEST));
        if (id.isPresent()) {
            return byId(restore, id.get(), all);
        }
        return all.stream()
                .filter(snapshot -> request.at().isEmpty()
                        || !snapshot.time().isAfter(request.at().get()))
                .max(Archive.Snapshot.BY_AGE)
                .orElseThrow(() -> unknown(restore, none(request), all));
    }

    private static Archive.Snapshot byId(Restore restore, String id, List<Archive.Snapshot> all) {
        var fitting =
                all.stream().filter(snapshot -> snapshot.id().startsWith(id)).toList();
        if (fitting.size() != 1) {
            throw unknown(restore, (fitting.isEmpty() ? "no snapshot " : "more than one snapshot ") + id, all);
        }
        return fitting.get(0);
    }

    private static String none(RestoreRequest request) {
        return "no snapshot" + request.at().map(time -> " as old as " + time).orElse("");
    }

    private static JobFailedException unknown(Restore restore, String what, List<Archive.Snapshot> all) {
        Optional<Archive.Snapshot> oldest = all.stream().min(Comparator.comparing(Archive.Snapshot::time));
        return new JobFailedException(
                Cause.SNAPSHOT_UNKNOWN,
                restore.target() + " has " + what + "; it has " + all.size()
                        + oldest.map(snapshot -> ", the oldest of " + snapshot.time())
                                .orElse(""),
                "see which there are with restic snapshots; nothing was touched");
    }
}
