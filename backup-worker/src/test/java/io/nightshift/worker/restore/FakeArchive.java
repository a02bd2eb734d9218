package io.nightshift.worker.restore;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A repository with one snapshot, of what a test puts into it; what a restore of it does is told by the test. */
final class FakeArchive implements Archive {
    static final Snapshot SNAPSHOT = new Snapshot("0123456789abcdef", Instant.EPOCH, List.of("/persist"));
    static final Entry FILE = new Entry("/persist/größe 1.txt", Kind.FILE, 4, Instant.EPOCH);

    interface Restoring {
        void into(Path folder) throws Exception;
    }

    final List<Entry> entries = new ArrayList<>();
    Runnable onRestore = () -> {};
    private final Restoring restoring;

    /** Of nothing at first. */
    FakeArchive() {
        this.restoring = folder -> {};
    }

    /** Of one file. */
    FakeArchive(Restoring restoring) {
        this.restoring = restoring;
        entries.add(FILE);
    }

    @Override
    public List<Snapshot> snapshots() {
        return List.of(SNAPSHOT);
    }

    @Override
    public void list(Snapshot snapshot, Consumer<Entry> consumer) {
        entries.forEach(consumer);
    }

    @Override
    public Summary restore(Part part, Consumer<Counts> progress) throws InterruptedException {
        onRestore.run();
        try {
            restoring.into(part.target());
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return new Summary(size(part.snapshot()), 0, 0, List.of());
    }

    @Override
    public void listFolder(Snapshot snapshot, String stored, Consumer<Entry> consumer) {}

    @Override
    public long size(Snapshot snapshot) {
        return entries.stream().mapToLong(Entry::size).sum();
    }

    @Override
    public void unlockStale() {}

    @Override
    public void withoutLock() {}

    @Override
    public void onlyLook(Duration limit) {}
}
