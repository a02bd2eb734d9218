package io.nightshift.worker.query;

import io.nightshift.contract.Target;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.Query;
import io.nightshift.contract.event.QueryAnswer;
import io.nightshift.contract.event.StoredSnapshot;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.worker.Destinations;
import io.nightshift.worker.JobFailedException;
import io.nightshift.worker.restore.Archive;
import io.nightshift.worker.restore.StoredPaths;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Looks into a repository. Takes neither a lease nor a lock of restic, so that it holds up nobody; a prune at the same time
 * may take away what is being looked at, which then is an error and no wrong answer. Nothing is changed, so asking twice is
 * harmless.
 */
@ApplicationScoped
public class AnswerQuery {
    private static final String LATEST = "latest";

    private final Fleet fleet;
    private final Destinations destinations;
    private final Archive.Opener opener;
    private final QueryConfig config;
    private final KnownSnapshots known = new KnownSnapshots();

    AnswerQuery(Fleet fleet, Destinations destinations, Archive.Opener opener, QueryConfig config) {
        this.fleet = fleet;
        this.destinations = destinations;
        this.opener = opener;
        this.config = config;
    }

    /** @param target that the fleet file has */
    public QueryAnswer answer(Target target, Query query) throws InterruptedException {
        try {
            var archive = open(target);
            if (query instanceof Query.Snapshots all) {
                return snapshots(target, archive, all);
            } else if (query instanceof Query.Folder folder) {
                return folder(target, archive, folder);
            }
            return found(target, archive, (Query.Find) query);
        } catch (JobFailedException e) {
            return new QueryAnswer.Failed(tooSlow(e.failure()));
        }
    }

    private Archive open(Target target) {
        var own = fleet.backup(target).orElseThrow();
        var destination = Objects.requireNonNull(fleet.destinations().get(target.destination()));
        destinations.require(destination);
        var archive = opener.open(own, destination);
        archive.onlyLook(config.limit());
        return archive;
    }

    /** The advice of a backup that took too long would be wrong here. */
    private Failure tooSlow(Failure failure) {
        return failure.cause() == Cause.TIMED_OUT
                ? Failure.of(
                        Cause.TIMED_OUT,
                        failure.message(),
                        "ask for less: a smaller folder; or raise nightshift.query.limit")
                : failure;
    }

    private QueryAnswer snapshots(Target target, Archive archive, Query.Snapshots query) throws InterruptedException {
        var all = archive.snapshots().stream()
                .sorted(Archive.Snapshot.BY_AGE.reversed())
                .toList();
        all.forEach(snapshot -> known.keep(target, snapshot));
        var page = new Page<Archive.Snapshot>(query);
        var own = fleet.backup(target).orElseThrow().paths();
        all.forEach(page::accept);
        return new QueryAnswer.Snapshots(
                page.total(),
                page.items().stream().map(each -> stored(each, own)).toList(),
                page.more());
    }

    private static StoredSnapshot stored(Archive.Snapshot snapshot, List<String> own) {
        return new StoredSnapshot(
                snapshot.id(),
                snapshot.time(),
                snapshot.paths().stream()
                        .map(recorded -> StoredPaths.recorded(recorded, own))
                        .toList(),
                snapshot.tags(),
                snapshot.size().map(Archive.Size::files),
                snapshot.size().map(Archive.Size::bytes),
                snapshot.size().map(Archive.Size::bytesAdded));
    }

    private QueryAnswer folder(Target target, Archive archive, Query.Folder query) throws InterruptedException {
        var snapshot = find(target, archive, query.snapshot());
        var listing = new Listing(StoredPaths.of(snapshot), query.path(), new Page<>(query));
        archive.listFolder(snapshot, listing.stored().orElseThrow(() -> missing(target, snapshot, query)), listing);
        if (!listing.isFolder()) {
            throw missing(target, snapshot, query);
        }
        var page = listing.page();
        return new QueryAnswer.Folder(
                snapshot.id(), snapshot.time(), listing.path(), page.total(), page.items(), page.more());
    }

    private static JobFailedException missing(Target target, Archive.Snapshot snapshot, Query.Folder query) {
        return new JobFailedException(
                Cause.PATH_MISSING,
                "snapshot " + snapshot.shortId() + " of " + target + " has no folder " + query.path(),
                "look at the folder above it");
    }

    private QueryAnswer found(Target target, Archive archive, Query.Find query) throws InterruptedException {
        var snapshot = find(target, archive, query.snapshot());
        var search = new Search(StoredPaths.of(snapshot), query);
        archive.list(snapshot, search);
        var page = search.page();
        return new QueryAnswer.Found(snapshot.id(), snapshot.time(), page.total(), page.items(), page.more());
    }

    private Archive.Snapshot find(Target target, Archive archive, String id) throws InterruptedException {
        var before = known.get(target, id);
        if (before.isPresent()) {
            return before.get();
        }
        List<Archive.Snapshot> fitting = archive.snapshots().stream()
                .filter(snapshot -> id.equals(LATEST) || snapshot.id().startsWith(id))
                .toList();
        Optional<Archive.Snapshot> one = id.equals(LATEST)
                ? fitting.stream().max(Archive.Snapshot.BY_AGE)
                : fitting.size() == 1 ? Optional.of(fitting.get(0)) : Optional.empty();
        one.ifPresent(snapshot -> known.keep(target, snapshot));
        return one.orElseThrow(() -> new JobFailedException(
                Cause.SNAPSHOT_UNKNOWN,
                target + " has " + (fitting.isEmpty() ? "no snapshot " : "more than one snapshot ") + id,
                "ask for the snapshots that there are"));
    }
}
