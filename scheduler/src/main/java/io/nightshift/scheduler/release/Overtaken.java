package io.nightshift.scheduler.release;

import io.nightshift.contract.NightId;
import io.nightshift.contract.Target;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.scheduler.Bus;
import io.nightshift.scheduler.ledger.JobEntry;
import io.nightshift.scheduler.ledger.Ledger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Ends what nobody will begin: jobs of the night before when the next night's are planned, handed out or not, and jobs that left the
 * fleet file. What a worker has in hand is left to it, however long it takes. Who decides first, we or a worker, has decided.
 */
public final class Overtaken {
    private static final Logger LOG = Logger.getLogger(Overtaken.class);

    private final Fleet fleet;
    private final Ledger ledger;
    private final Bus bus;
    private final Ends ends;

    public Overtaken(Fleet fleet, Ledger ledger, Bus bus, Ends ends) {
        this.fleet = fleet;
        this.ledger = ledger;
        this.bus = bus;
        this.ends = ends;
    }

    public void look(Instant now) {
        var newest = newest();
        for (var entry : List.copyOf(ledger.jobs())) {
            if (!entry.isInHand(now)) {
                reason(entry, newest).ifPresent(failure -> end(entry, failure, now));
            }
        }
    }

    /** The newest night, of those by the clock, of which each repository has each kind of work. */
    private Map<Target, Map<Work, NightId>> newest() {
        Map<Target, Map<Work, NightId>> newest = new HashMap<>();
        for (var entry : ledger.jobs()) {
            if (entry.id().night().isScheduled()) {
                newest.computeIfAbsent(entry.target(), target -> new HashMap<>())
                        .merge(entry.id().work(), entry.id().night(), Overtaken::later);
            }
        }
        return newest;
    }

    private static NightId later(NightId one, NightId other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private Optional<Failure> reason(JobEntry entry, Map<Target, Map<Work, NightId>> newest) {
        if (fleet.backup(entry.target()).isEmpty()) {
            return Optional.of(Failure.of(
                    Cause.CONFIGURATION,
                    entry.target() + " left the fleet file before " + entry.id() + " was begun",
                    ""));
        }
        return rivals(entry, newest.getOrDefault(entry.target(), Map.of())).stream()
                .filter(night -> entry.id().night().compareTo(night) < 0)
                .findFirst()
                .map(night -> superseded(entry, night));
    }

    /** Upkeep that was handed out keeps its repository busy, so that the next backup overtakes it too. */
    private static List<NightId> rivals(JobEntry entry, Map<Work, NightId> newest) {
        var rivals = new ArrayList<NightId>();
        Optional.ofNullable(newest.get(entry.id().work())).ifPresent(rivals::add);
        if (entry.isOut()) {
            Optional.ofNullable(newest.get(Work.BACKUP)).ifPresent(rivals::add);
        }
        return rivals;
    }

    private static Failure superseded(JobEntry entry, NightId by) {
        var target = entry.target();
        return Failure.of(
                Cause.SUPERSEDED,
                "the night of " + by + " took the place of " + entry.id() + " before it was begun",
                "see whether the worker of host " + target.host() + " for destination " + target.destination()
                        + " runs; if it does, use more workers, a higher concurrency or a longer window");
    }

    private void end(JobEntry entry, Failure failure, Instant now) {
        var end = ledger.decide(new JobStatus.Skipped(entry.id(), now, 0, failure));
        bus.publish(end);
        ends.heard(end, now);
        LOG.infof("ended unbegun job=%s state=%s why=%s", entry.id(), end.state(), failure.message());
    }
}
