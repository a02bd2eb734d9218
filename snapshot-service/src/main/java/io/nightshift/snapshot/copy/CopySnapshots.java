package io.nightshift.snapshot.copy;

import io.nightshift.contract.NightId;
import io.nightshift.contract.event.DatasetSnapshot;
import io.nightshift.contract.event.Night;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.event.SnapshotSource;
import io.nightshift.contract.event.SnapshotSource.Access;
import io.nightshift.contract.event.SnapshotSource.Kind;
import io.nightshift.snapshot.Kept;
import io.nightshift.snapshot.Programs;
import io.nightshift.snapshot.SnapshotException;
import io.nightshift.snapshot.Snapshots;
import io.nightshift.snapshot.ViewUsers;
import io.nightshift.snapshot.Views;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Copies instead of ZFS snapshots, for hosts without ZFS: each path is copied until it is what it was at one moment, or the
 * time is up. Paths are not of the same moment as each other.
 */
public final class CopySnapshots implements Snapshots {
    private static final Logger LOG = Logger.getLogger(CopySnapshots.class);

    /** There as long as jobs need the copy. */
    private static final String HOLD = ".nightshift-held";

    private final List<Path> paths;
    private final Views views;
    private final Programs programs;
    private final SettledCopy copies;
    private final InstantSource clock;
    private final ViewUsers users = new ViewUsers();

    /** @param paths of all services */
    public CopySnapshots(
            Collection<String> paths, Views views, Programs programs, InstantSource clock, Duration settleTime) {
        this.paths = topmost(paths);
        this.views = views;
        this.programs = programs;
        this.copies = new SettledCopy(programs, clock, settleTime);
        this.clock = clock;
    }

    /** One below another is in its copy already. */
    static List<Path> topmost(Collection<String> paths) {
        List<Path> all = paths.stream().map(Path::of).sorted().distinct().toList();
        return all.stream()
                .filter(one -> all.stream().noneMatch(other -> !one.equals(other) && one.startsWith(other)))
                .toList();
    }

    @Override
    public void check() throws InterruptedException {
        programs.run(List.of("cp", "--version"));
    }

    @Override
    public List<Kept> kept() {
        return views.nights().stream().map(this::kept).toList();
    }

    private Kept kept(NightId night) {
        Instant created =
                views.marker(night).map(ready -> ready.source().createdAt()).orElseGet(() -> modified(views.of(night)));
        return new Kept(night.value(), Optional.of(night), created, Files.exists(hold(night)));
    }

    private static Instant modified(Path folder) {
        try {
            return Files.getLastModifiedTime(folder).toInstant();
        } catch (IOException e) {
            throw Views.failed("not readable: " + folder, e);
        }
    }

    private Path hold(NightId night) {
        return views.of(night).resolve(HOLD);
    }

    @Override
    public SnapshotSource take(Night night) throws InterruptedException {
        Path view = views.of(night.id());
        LOG.infof(
                "copying, for this host has no ZFS snapshots: a copy is no single moment night=%s view=%s",
                night.id(), view);
        refuseOwnCopies();
        try {
            delete(view); // of an earlier try
            Files.createDirectories(view);
            for (Path path : paths) {
                copy(path, view);
            }
            Files.createFile(hold(night.id()));
        } catch (IOException e) {
            delete(view);
            throw Views.failed("not copied to " + view, e);
        } catch (RuntimeException | InterruptedException | Error e) {
            delete(view);
            throw e;
        }
        return source(night, view);
    }

    /** Else each copy would contain the ones before. */
    private void refuseOwnCopies() {
        Path root = views.root();
        paths.stream().filter(root::startsWith).findFirst().ifPresent(path -> {
            throw new SnapshotException(
                    "view-root " + root + " is below " + path + ", which is to be copied",
                    "set nightshift.snapshot.view-root to a place that is not backed up");
        });
    }

    private void copy(Path path, Path view) throws InterruptedException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            LOG.warnf("configured path is missing path=%s", path);
            return; // its jobs will say so; those of others need not suffer
        }
        Some changing = copies.copy(path, view);
        if (!changing.isEmpty()) {
            LOG.warnf("copied while it changed, so it may not fit together path=%s changing=%s", path, changing);
        }
    }

    private SnapshotSource source(Night night, Path view) {
        Instant created = clock.instant();
        List<DatasetSnapshot> datasets = paths.stream()
                .map(path -> dataset(path, SettledCopy.inView(path, view).toString(), created))
                .toList();
        return new SnapshotSource(
                night.id(), night.slot(), created, Kind.COPY, Access.VIEW, Optional.of(view.toString()), datasets);
    }

    private static DatasetSnapshot dataset(Path path, String copy, Instant created) {
        String guid = UUID.randomUUID().toString();
        return new DatasetSnapshot(
                path.toString(), copy, guid, created, Optional.of(path.toString()), Optional.of(copy));
    }

    @Override
    public boolean stands(SnapshotSource source) {
        return Files.isDirectory(views.of(source.night()));
    }

    @Override
    public void restore(SnapshotSource source) {
        if (!Files.isDirectory(views.of(source.night()))) {
            throw new SnapshotException(
                    "copy " + views.of(source.night()) + " is gone", "start a night, or wait for the next one");
        }
    }

    @Override
    public void release(Kept kept) {
        try {
            Files.deleteIfExists(views.root().resolve(kept.name()).resolve(HOLD));
        } catch (IOException e) {
            throw Views.failed("not released: " + kept.name(), e);
        }
    }

    @Override
    public void remove(Kept kept) throws InterruptedException {
        NightId night = kept.night().orElseThrow();
        Optional<SnapshotEvent.Ready> marker = views.marker(night);
        views.withdraw(night);
        Optional<Long> reader = users.reader(views.of(night), Set.of());
        if (reader.isPresent()) {
            marker.ifPresent(views::complete);
            throw new SnapshotException(
                    "copy " + views.of(night) + " is read by process " + reader.get(),
                    "it goes when that process has ended");
        }
        delete(views.of(night));
    }

    private void delete(Path view) throws InterruptedException {
        programs.run(List.of("rm", "-rf", "--one-file-system", "--", view.toString()));
    }
}
