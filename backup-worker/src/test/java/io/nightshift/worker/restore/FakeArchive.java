package io.nightshift.worker.restore;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** A repository with one snapshot, of one file; what a restore of it does is told by the test. */
final class FakeArchive implements Archive {
    static final Snapshot SNAPSHOT = new Snapshot("0123456789abcdef", Instant.EPOCH, List.of("/persist"));
    static final Entry FILE = new Entry("/persist/größe 1.txt", Kind.FILE, 4, Instant.EPOCH);

    interface Restoring {
        void into(Path folder) throws Exception;
    }

    private final Restoring restoring;

    FakeArchive(Restoring restoring) {
        this.restoring = restoring;
    }

    @Override
    public List<Snapshot> snapshots() {
        return List.of(SNAPSHOT);
    }

    @Override
    public void list(Snapshot snapshot, Consumer<Entry> entries) {
        entries.accept(FILE);
    }

    @Override
    public Summary restore(Part part, Consumer<Counts> progress) throws InterruptedException {
        try {
            restoring.into(part.target());
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return new Summary(FILE.size(), 0, 0, List.of());
    }

    @Override
    public void listFolder(Snapshot snapshot, String stored, Consumer<Entry> entries) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long size(Snapshot snapshot) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void unlockStale() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void withoutLock() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void onlyLook(Duration limit) {
        throw new UnsupportedOperationException();
    }
}
