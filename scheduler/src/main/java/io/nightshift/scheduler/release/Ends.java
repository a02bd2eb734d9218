package io.nightshift.scheduler.release;

import io.nightshift.contract.NightId;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.ServiceBackup;
import io.nightshift.scheduler.Bus;
import io.nightshift.scheduler.TargetLocks;
import io.nightshift.scheduler.ledger.JobEntry;
import io.nightshift.scheduler.ledger.Ledger;
import io.nightshift.scheduler.ledger.Ledger.HostState;
import io.nightshift.scheduler.ledger.NightEntry;
import io.nightshift.scheduler.overdue.Overdue;
import io.nightshift.scheduler.plan.Jobs;
import io.nightshift.scheduler.plan.Planner;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/** What the end of a job brings about: upkeep of its repository, and, of the last one, the end of the host's night. */
public final class Ends {
    private static final Logger LOG = Logger.getLogger(Ends.class);
    /** Between the works of upkeep, in the order of due times; each waits for the end of the one before anyway. */
    private static final Duration APART = Duration.ofSeconds(1);

    private final Fleet fleet;
    private final Ledger ledger;
    private final Bus bus;
    private final Planner planner;
    private final Overdue overdue;
    private final List<NightListener> nightListeners = new CopyOnWriteArrayList<>();
    private final List<EndListener> listeners = new CopyOnWriteArrayList<>();
    private final TargetLocks locks = new TargetLocks();

    public Ends(Fleet fleet, Ledger ledger, Bus bus, Planner planner, Overdue overdue) {
        this.fleet = fleet;
        this.ledger = ledger;
        this.bus = bus;
        this.planner = planner;
        this.overdue = overdue;
    }

    /** Called once for each end, as far as the ledger knows; must be quick, and throw nothing. */
    public void onEnd(EndListener listener) {
        listeners.add(listener);
    }

    /** Hears of the end of a job. */
    public interface EndListener {
        /** @param planned what the ledger has of it; nothing of one that it never planned */
        void ended(JobStatus end, Optional<JobEntry> planned);
    }

    /** Called when the last job of a host's night has ended; must be quick, and throw nothing. */
    public void onNightEnd(NightListener listener) {
        nightListeners.add(listener);
    }

    /** Hears of the end of a host's night. */
    public interface NightListener {
        void ended(NightEntry night, String host, Instant now);
    }

    /**
     * Doing it twice, late or out of order is harmless: the ledger knows the end, takes each upkeep job once, and what is
     * said of a job after its end changes nothing. So many may be heard at once, but one of a target: an end that comes twice at once
     * is told to the listeners once. All is confirmed when this returns, and the message acknowledged after it.
     */
    public void heard(JobStatus status, Instant now) {
        synchronized (locks.of(status.job().target())) {
            take(status, now);
        }
    }

    private void take(JobStatus status, Instant now) {
        if (!status.isFinal()) {
            heardOfRun(status, now);
        } else if (ledger.ended(status.job()).isEmpty()) {
            overdue.heard(status, now);
            var planned = ledger.job(status.job());
            planned.ifPresent(entry -> end(entry, status, now));
            listeners.forEach(listener -> listener.ended(status, planned));
        }
    }

    /** A first state, queued, is ours; every other comes from a worker that has the job. */
    private void heardOfRun(JobStatus status, Instant now) {
        if (status.attempt() > 0) {
            ledger.job(status.job()).ifPresent(entry -> ledger.putJob(entry.heard(now)));
        }
    }

    private void end(JobEntry entry, JobStatus status, Instant now) {
        // Upkeep first: it must be in the ledger before the end is, or a crash would lose it.
        if (status instanceof JobStatus.Succeeded && status.job().work() == Work.BACKUP) {
            fleet.backup(status.job().target())
                    .ifPresent(backup -> planUpkeep(backup, status.job().night(), now));
        }
        ledger.putJob((status.attempt() > 0 ? entry.heard(now) : entry).ended(status.state()));
    }

    private void planUpkeep(ServiceBackup backup, NightId night, Instant now) {
        if (!night.isScheduled()) {
            return;
        }
        var due = ledger.night(night)
                .flatMap(entry -> entry.night().window())
                .map(window -> window.to().isAfter(now) ? window.to() : now)
                .orElse(now);
        for (var work : Jobs.upkeep(backup, night.date())) {
            planner.plan(Jobs.upkeep(work, backup, night, due), now);
            due = due.plus(APART);
        }
    }

    /** Lets go of the ZFS snapshots of which no job reads, or will read, any more. */
    public void look(Instant now) {
        // At once for all hosts, and once more for the few that seem to be done: somebody may have asked for a job
        // meanwhile.
        var read = read();
        for (var night : List.copyOf(ledger.nights())) {
            for (var host : night.hosts()) {
                var snapshots = new Snapshots(night.night().id(), host);
                if (ledger.hostState(night.night().id(), host).equals(Optional.of(HostState.PLANNED))
                        && !read.contains(snapshots)
                        && !read().contains(snapshots)) {
                    bus.publish(new SnapshotEvent.Release(host, night.night().id(), now));
                    ledger.putHostState(night.night().id(), host, HostState.RELEASED);
                    nightListeners.forEach(listener -> listener.ended(night, host, now));
                    LOG.infof("ended night=%s host=%s", night.night().id(), host);
                }
            }
        }
    }

    /** The ZFS snapshots of a host for a night. */
    private record Snapshots(NightId night, String host) {}

    private Set<Snapshots> read() {
        var read = new HashSet<Snapshots>();
        for (var entry : ledger.jobs()) {
            if (entry.job() instanceof Job.Backup backup) {
                read.add(new Snapshots(
                        backup.source().night(), backup.id().target().host()));
            }
        }
        return read;
    }
}
