package io.nightshift.scheduler.request;

import io.nightshift.contract.NightId;
import io.nightshift.contract.Target;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.BackupRequest;
import io.nightshift.contract.event.Night;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.ServiceBackup;
import io.nightshift.scheduler.Bus;
import io.nightshift.scheduler.night.Nights;
import io.nightshift.scheduler.plan.Jobs;
import io.nightshift.scheduler.plan.Planner;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Does what a person asks for, at once. */
public final class Requests {
    private static final Logger LOG = Logger.getLogger(Requests.class);

    private final Fleet fleet;
    private final Bus bus;
    private final Planner planner;
    private final Nights nights;

    public Requests(Fleet fleet, Bus bus, Planner planner, Nights nights) {
        this.fleet = fleet;
        this.bus = bus;
        this.planner = planner;
        this.nights = nights;
    }

    /**
     * Doing it twice is harmless: the ids come from the time that the stream gave the message.
     *
     * @throws RefusedRequestException if it names what is not there
     */
    public void handle(String subject, BackupRequest request, Instant published, Instant now) {
        var backups = Expansion.of(fleet, subject);
        var night = NightId.manual(published, fleet.schedule().zone());
        LOG.infof("requested subject=%s jobs=%d night=%s", subject, backups.size(), night);
        var work = request.work().orElse(Work.BACKUP);
        if (work == Work.BACKUP) {
            backUp(backups, request, new Night(night, published, Optional.empty()), now);
        } else {
            backups.forEach(backup -> planner.plan(Jobs.upkeep(work, backup, night, now), now));
        }
    }

    private void backUp(List<ServiceBackup> backups, BackupRequest request, Night night, Instant now) {
        boolean fresh = request.snapshot().equals(Optional.of(BackupRequest.Snapshot.FRESH));
        Map<String, Optional<SnapshotEvent.Ready>> snapshots = new HashMap<>();
        var waiting = backups.stream()
                .filter(backup -> {
                    var snapshot = fresh
                            ? Optional.<SnapshotEvent.Ready>empty()
                            : snapshots.computeIfAbsent(backup.target().host(), bus::newestSnapshot);
                    snapshot.ifPresent(
                            ready -> planner.plan(Jobs.backup(backup, night.id(), now, ready.source()), now));
                    return snapshot.isEmpty();
                })
                .map(ServiceBackup::target)
                .toList();
        beginFor(night, waiting, now);
    }

    private void beginFor(Night night, List<Target> waiting, Instant now) {
        if (!waiting.isEmpty()) {
            nights.beginFor(night, waiting, now);
        }
    }
}
