package io.nightshift.snapshot;

import io.nightshift.contract.NightId;
import io.nightshift.contract.event.Night;
import io.nightshift.contract.event.SnapshotSource;
import io.nightshift.contract.event.SnapshotSource.Access;
import io.nightshift.contract.event.SnapshotSource.Kind;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Snapshots in memory. */
final class FakeSnapshots implements Snapshots {
    final List<Kept> sets = new ArrayList<>();
    final Set<String> busy = new HashSet<>();
    final List<NightId> taken = new ArrayList<>();
    boolean readable = true;
    Optional<SnapshotException> failure = Optional.empty();
    Optional<Error> error = Optional.empty();

    private final InstantSource clock;

    FakeSnapshots(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void check() {
        failure.ifPresent(e -> {
            throw e;
        });
    }

    @Override
    public List<Kept> kept() {
        return List.copyOf(sets);
    }

    @Override
    public SnapshotSource take(Night night) {
        error.ifPresent(e -> {
            throw e;
        });
        taken.add(night.id());
        boolean free = sets.stream().noneMatch(kept -> kept.name().equals("base"));
        sets.add(new Kept(free ? "base" : "base_" + night.id(), Optional.of(night.id()), clock.instant(), true));
        readable = true;
        return new SnapshotSource(
                night.id(), night.slot(), clock.instant(), Kind.ZFS, Access.DOT_ZFS, Optional.empty(), List.of());
    }

    @Override
    public boolean stands(SnapshotSource source) {
        return readable && sets.stream().anyMatch(kept -> kept.isOf(source.night()));
    }

    @Override
    public void restore(SnapshotSource source) {
        if (sets.stream().noneMatch(kept -> kept.isOf(source.night()))) {
            throw new SnapshotException("gone", "wait");
        }
        readable = true;
    }

    @Override
    public void release(Kept kept) {
        sets.replaceAll(one -> one.equals(kept) ? new Kept(one.name(), one.night(), one.createdAt(), false) : one);
    }

    @Override
    public void remove(Kept kept) {
        if (busy.contains(kept.name())) {
            throw new SnapshotException(kept.name() + " is busy", "wait");
        }
        sets.removeIf(one -> one.name().equals(kept.name()));
    }
}
