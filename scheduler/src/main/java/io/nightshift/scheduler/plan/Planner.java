package io.nightshift.scheduler.plan;

import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.ServiceBackup;
import io.nightshift.scheduler.Bus;
import io.nightshift.scheduler.Together;
import io.nightshift.scheduler.ledger.JobEntry;
import io.nightshift.scheduler.ledger.Ledger;
import io.nightshift.scheduler.ledger.Ledger.HostState;
import io.nightshift.scheduler.ledger.NightEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/** Makes the jobs of a host when its ZFS snapshots are there, or fails them when there will be none. */
public final class Planner {
    private static final Logger LOG = Logger.getLogger(Planner.class);
    private static final Duration PAST = Duration.ofDays(1);

    private final Fleet fleet;
    private final Ledger ledger;
    private final Bus bus;
    private final Duration announcementLimit;
    private final Together together;
    private final Map<String, Object> locks = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final List<HostListener> hostListeners = new CopyOnWriteArrayList<>();

    public Planner(Fleet fleet, Ledger ledger, Bus bus, Duration announcementLimit, Together together) {
        this.fleet = fleet;
        this.ledger = ledger;
        this.bus = bus;
        this.announcementLimit = announcementLimit;
        this.together = together;
    }

    /** Plans the host's jobs. Doing it twice is harmless: the ledger takes each job once. */
    public void ready(NightEntry night, SnapshotEvent.Ready ready, Instant now) {
        synchronized (lock(ready.host())) {
            plan(night, ready, now);
        }
    }

    /** What comes by message and what the clock brings must not both decide. */
    private Object lock(String host) {
        return locks.computeIfAbsent(host, name -> new Object());
    }

    private void plan(NightEntry night, SnapshotEvent.Ready ready, Instant now) {
        if (ledger.hostState(ready.night(), ready.host()).isPresent()) {
            return;
        }
        // ZFS tells the creation in whole seconds, so it can seem to lie before the slot by less than one.
        if (ready.source().createdAt().isBefore(night.night().slot().truncatedTo(ChronoUnit.SECONDS))) {
            fail(
                    night,
                    ready.host(),
                    "the ZFS snapshot of " + ready.source().createdAt() + " is older than the slot "
                            + night.night().slot(),
                    "look at the clock of host " + ready.host(),
                    now);
            return;
        }
        var backups = wanted(night, ready.host());
        together.forEach(backups, backup -> {
            var due = Jobs.due(backup, night.night(), now);
            plan(Jobs.backup(backup, ready.night(), due, ready.source()), now);
        });
        ledger.putHostState(ready.night(), ready.host(), HostState.PLANNED);
        hostListeners.forEach(listener -> listener.ready(night, ready));
        LOG.infof("planned night=%s host=%s jobs=%d", ready.night(), ready.host(), backups.size());
    }

    /** Plans one job: of a night, a request or upkeep. */
    public void plan(Job job, Instant now) {
        ledger.addJob(JobEntry.planned(job));
        bus.publish(new JobStatus.Queued(job.id(), now, 0, job.due(), Optional.empty()));
        listeners.forEach(Runnable::run);
    }

    /** Called whenever a job has been planned, which may be due at once; must be quick. */
    public void onPlanned(Runnable listener) {
        listeners.add(listener);
    }

    /** Called once for each host of a night; must be quick, and throw nothing. */
    public void onHost(HostListener listener) {
        hostListeners.add(listener);
    }

    /** Hears whether a host has ZFS snapshots for a night. */
    public interface HostListener {
        void ready(NightEntry night, SnapshotEvent.Ready ready);

        void failed(NightEntry night, String host, String reason, Instant now);
    }

    /** Fails all jobs of the host, loudly: without a ZFS snapshot there is no backup. Harmless when repeated. */
    public void fail(NightEntry night, String host, String reason, String advice, Instant now) {
        synchronized (lock(host)) {
            failOnce(night, host, reason, advice, now);
        }
    }

    private void failOnce(NightEntry night, String host, String reason, String advice, Instant now) {
        NightId id = night.night().id();
        if (ledger.hostState(id, host).isPresent()) {
            return;
        }
        var failure = Failure.of(Cause.SNAPSHOT_FAILED, "no ZFS snapshot of host " + host + ": " + reason, advice);
        together.forEach(
                wanted(night, host),
                backup -> bus.publish(new JobStatus.Failed(JobId.backup(id, backup.target()), now, 0, failure)));
        ledger.putHostState(id, host, HostState.FAILED);
        hostListeners.forEach(listener -> listener.failed(night, host, reason, now));
        LOG.warnf("failed night=%s host=%s reason=%s", id, host, reason);
    }

    /** Fails what waits for hosts that do not answer. */
    public void giveUpOnSilentHosts(Instant now) {
        for (var night : List.copyOf(ledger.nights())) {
            var age = Duration.between(night.begunAt(), now);
            if (age.compareTo(announcementLimit) > 0 && age.compareTo(PAST) < 0) {
                night.hosts().stream()
                        .filter(host ->
                                ledger.hostState(night.night().id(), host).isEmpty())
                        .forEach(host -> giveUp(night, host, now));
            }
        }
    }

    /** Unless its announcement is there, and has only not been read: this scheduler, or NATS, was away. */
    private void giveUp(NightEntry night, String host, Instant now) {
        var announced = bus.newestSnapshot(host)
                .filter(ready -> ready.night().equals(night.night().id()));
        if (announced.isPresent()) {
            ready(night, announced.get(), now);
            return;
        }
        fail(
                night,
                host,
                "it has announced nothing for " + announcementLimit,
                "see whether the snapshot-service of host " + host + " runs",
                now);
    }

    private List<ServiceBackup> wanted(NightEntry night, String host) {
        return night.wanted().isEmpty()
                ? Jobs.ofHost(fleet, host)
                : Jobs.all(fleet, host)
                        .filter(backup -> night.wanted().contains(backup.target()))
                        .toList();
    }
}
