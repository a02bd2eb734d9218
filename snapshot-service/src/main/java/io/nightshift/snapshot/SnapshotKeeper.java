package io.nightshift.snapshot;

import io.nightshift.contract.NightId;
import io.nightshift.contract.event.Night;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.event.SnapshotSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/**
 * Keeps one instant of the host's data readable for each night that has unfinished jobs, and the newest in any case. All
 * methods exclude each other, and each may be repeated: what is announced already is not taken again.
 */
public final class SnapshotKeeper {
    private static final Logger LOG = Logger.getLogger(SnapshotKeeper.class);

    private final String host;
    private final Snapshots snapshots;
    private final Announcements announcements;
    private final Views views;
    private final Inspection inspection;
    private final SlotClock slots;
    private final InstantSource clock;
    private final Duration startMaxAge;
    private final Duration holdLimit;
    private Optional<NightId> complainedOf = Optional.empty();
    private Optional<NightId> inspected = Optional.empty();

    public SnapshotKeeper(
            SnapshotConfig.Snapshot config,
            Snapshots snapshots,
            Announcements announcements,
            Views views,
            Inspection inspection,
            InstantSource clock) {
        this.host = config.host();
        this.snapshots = snapshots;
        this.announcements = announcements;
        this.views = views;
        this.inspection = inspection;
        this.slots = new SlotClock(clock, config.clockTolerance());
        this.clock = clock;
        this.startMaxAge = config.startMaxAge();
        this.holdLimit = config.holdLimit();
    }

    /**
     * Begins a night: ends with its announcement, as ready or as failed, unless there is nothing to announce.
     *
     * @param published when it was asked for
     */
    public synchronized void start(Night night, Instant published) throws InterruptedException {
        var rules = new StartRules(announcements.lastReady(), announcements.lastFailed(), clock.instant(), startMaxAge);
        if (rules.isAnnounced(night)) {
            LOG.infof("start repeated, announced already night=%s", night.id());
            restoreAnnounced();
            return;
        }
        Optional<String> ignored = rules.reasonToIgnore(night, published);
        if (ignored.isPresent()) {
            LOG.warnf("start ignored night=%s: %s", night.id(), ignored.get());
            return;
        }
        announcements.announce(outcome(night));
    }

    private SnapshotEvent outcome(Night night) throws InterruptedException {
        Instant begin = clock.instant();
        Leftovers leftovers = leftovers(); // asks the bus, whose absence is no failure of the night
        try {
            SnapshotEvent.Ready ready = readyBefore(night.id()).orElse(null);
            if (ready == null) {
                ready = takeNew(night, leftovers);
            }
            LOG.infof(
                    "ready night=%s datasets=%d created=%s took=%s",
                    night.id(),
                    ready.source().datasets().size(),
                    ready.source().createdAt(),
                    Duration.between(begin, clock.instant()));
            return ready;
        } catch (SnapshotException e) {
            return failed(night, e);
        } catch (RuntimeException | Error e) { // also where memory ran out: else nobody would hear of this night
            return failed(night, new SnapshotException("unexpected: " + e, "see the log of the snapshot-service", e));
        }
    }

    private SnapshotEvent.Failed failed(Night night, SnapshotException e) {
        LOG.errorf(e, "failed night=%s: %s; %s", night.id(), e.reason(), e.advice());
        return new SnapshotEvent.Failed(host, night.id(), clock.instant(), e.reason(), e.advice());
    }

    /** Complete since an earlier try whose announcement did not get through, or may have: the very same goes out again. */
    private Optional<SnapshotEvent.Ready> readyBefore(NightId night) throws InterruptedException {
        Optional<SnapshotEvent.Ready> marker = views.marker(night);
        return marker.isPresent() && snapshots.stands(marker.get().source()) ? marker : Optional.empty();
    }

    private SnapshotEvent.Ready takeNew(Night night, Leftovers leftovers) throws InterruptedException {
        snapshots.check();
        slots.await(night.slot());
        views.withdraw(night.id());
        removeAll(leftovers.beforeNewNight(snapshots.kept()));
        SnapshotSource source = snapshots.take(night);
        var ready = new SnapshotEvent.Ready(host, night.id(), clock.instant(), source);
        views.complete(ready);
        return ready;
    }

    /** The jobs of that night have ended. */
    public synchronized void released(NightId night) throws InterruptedException {
        for (Kept kept : snapshots.kept()) {
            if (kept.isOf(night) && kept.held()) {
                snapshots.release(kept);
                LOG.infof("released night=%s snapshot=%s", night, kept.name());
            }
        }
        removeAll(leftovers().atAnyTime(snapshots.kept()));
    }

    /** After a start, and from time to time: the newest night readable and inspected, leftovers gone. */
    public synchronized void tidy() throws InterruptedException {
        Optional<SnapshotEvent.Ready> readable = restoreAnnounced();
        removeAll(leftovers().atAnyTime(snapshots.kept()));
        if (readable.isPresent() && !inspected.equals(readable.map(SnapshotEvent.Ready::night))) {
            inspection.inspect(readable.get());
            inspected = readable.map(SnapshotEvent.Ready::night);
        }
    }

    /** What was announced last, if it can be read. */
    private Optional<SnapshotEvent.Ready> restoreAnnounced() throws InterruptedException {
        Optional<SnapshotEvent.Ready> announced = announcements.lastReady();
        return announced.isPresent() && canBeRead(announced.get()) ? announced : Optional.empty();
    }

    private boolean canBeRead(SnapshotEvent.Ready ready) throws InterruptedException {
        boolean marked = views.marker(ready.night()).filter(ready::equals).isPresent();
        if (marked && snapshots.stands(ready.source())) {
            return true;
        }
        try {
            views.withdraw(ready.night());
            snapshots.restore(ready.source());
            views.complete(ready);
            LOG.infof("readable again night=%s", ready.night());
            return true;
        } catch (SnapshotException e) {
            boolean news = !complainedOf.equals(Optional.of(ready.night()));
            complainedOf = Optional.of(ready.night());
            LOG.logf(
                    news ? Level.WARN : Level.DEBUG,
                    "cannot be read any more night=%s: %s; %s",
                    ready.night(),
                    e.reason(),
                    e.advice());
            return false;
        }
    }

    private Leftovers leftovers() {
        return new Leftovers(announcements.lastReady(), this::isComplete, clock.instant(), holdLimit);
    }

    private boolean isComplete(Kept kept) {
        return kept.night().flatMap(views::marker).isPresent();
    }

    private void removeAll(List<Kept> leftovers) throws InterruptedException {
        for (Kept kept : leftovers) {
            try {
                if (kept.held()) {
                    LOG.warnf(
                            "hold given up, nobody released it snapshot=%s created=%s", kept.name(), kept.createdAt());
                    snapshots.release(kept);
                }
                snapshots.remove(kept);
                LOG.infof("removed snapshot=%s created=%s", kept.name(), kept.createdAt());
            } catch (SnapshotException e) {
                LOG.warnf(
                        "left for later snapshot=%s created=%s: %s; %s",
                        kept.name(), kept.createdAt(), e.reason(), e.advice());
            }
        }
    }
}
