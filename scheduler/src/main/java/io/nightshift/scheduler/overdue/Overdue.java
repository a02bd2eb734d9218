package io.nightshift.scheduler.overdue;

import io.nightshift.contract.Subjects;
import io.nightshift.contract.Target;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.Alert;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.ServiceBackup;
import io.nightshift.contract.fleet.Upkeep.Rhythm;
import io.nightshift.scheduler.TargetLocks;
import io.nightshift.scheduler.Together;
import io.nightshift.scheduler.alarm.Alarms;
import io.nightshift.scheduler.ledger.Freshness;
import io.nightshift.scheduler.ledger.Ledger;
import io.nightshift.scheduler.ledger.Raised;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds what never ran. A service and destination without a good backup that is young enough is overdue; so is upkeep that missed
 * two of its turns, since one is lost whenever the backup before it fails, which says so itself.
 */
public final class Overdue {
    private static final int TURNS = 2;

    private final Fleet fleet;
    private final Ledger ledger;
    private final Alarms alarms;
    private final Together together;
    private final TargetLocks locks = new TargetLocks();

    public Overdue(Fleet fleet, Ledger ledger, Alarms alarms, Together together) {
        this.fleet = fleet;
        this.ledger = ledger;
        this.alarms = alarms;
        this.together = together;
    }

    /** Takes note of the end of a job. Harmless when repeated, or late: an older end changes nothing. */
    public void heard(JobStatus end, Instant now) {
        var id = end.job();
        synchronized (locks.of(id.target())) {
            var before = known(id.target(), id.work(), now);
            var data = data(end);
            var after = before.after(end, data.isAfter(now) ? now : data); // a clock that is ahead keeps nothing fresh
            if (!after.equals(before)) {
                ledger.putFreshness(after);
            }
        }
    }

    /** A backup is as old as what it was made of. */
    private Instant data(JobStatus end) {
        return ledger.job(end.job())
                .filter(entry -> entry.job() instanceof Job.Backup)
                .map(entry -> ((Job.Backup) entry.job()).source().createdAt())
                .orElse(end.at());
    }

    /** Raises and ends the alerts. */
    public void look(Instant now) {
        together.forEach(fleet.backups().toList(), backup -> {
            look(backup, Work.BACKUP, Rhythm.NIGHTLY, backup.overdueAfter(), now);
            Work.UPKEEP.forEach(work -> look(backup, work, backup.upkeep().rhythm(work), now));
        });
        alarms.raised(Alert.OVERDUE).stream()
                .filter(raised -> !isInFleet(raised))
                .forEach(raised ->
                        alarms.end(Alert.OVERDUE, raised.about(), now, raised.about() + " left the fleet file"));
    }

    private void look(ServiceBackup backup, Work work, Rhythm rhythm, Instant now) {
        var turns = Duration.ofDays((long) TURNS * rhythm.nights());
        look(backup, work, rhythm, turns.plus(backup.overdueAfter()), now);
    }

    private void look(ServiceBackup backup, Work work, Rhythm rhythm, Duration limit, Instant now) {
        var freshness = switched(backup, work, !backup.enabled() || rhythm == Rhythm.NEVER, now);
        var due = freshness.freshAt().plus(limit);
        if (freshness.off()) {
            alarms.end(Alert.OVERDUE, freshness.key(), now, freshness.key() + " is switched off");
        } else if (due.isAfter(now)) {
            alarms.end(Alert.OVERDUE, freshness.key(), freshness.freshAt(), again(freshness));
        } else {
            alarms.raise(alert(freshness, due, told(freshness, limit, now)), now);
        }
    }

    private Freshness switched(ServiceBackup backup, Work work, boolean off, Instant now) {
        synchronized (locks.of(backup.target())) {
            boolean noted = work != Work.BACKUP
                    || ledger.freshness(backup.target(), work).isPresent();
            var before = known(backup.target(), work, now);
            var after = before.off() == off ? before : before.switched(off, now);
            if (!noted || !after.equals(before)) {
                ledger.putFreshness(after);
            }
            return after;
        }
    }

    /**
     * Of upkeep nothing is noted until it ends, or is switched by itself: it is known for as long as its backup, or as this installation
     * knows such work, where an update has brought it.
     */
    private Freshness known(Target target, Work work, Instant now) {
        return ledger.freshness(target, work)
                .or(() -> ledger.freshness(target, Work.BACKUP)
                        .map(backup -> backup.ofUpkeep(work, ledger.knownSince(work, now))))
                .orElseGet(() -> Freshness.firstSeen(target, work, now));
    }

    /** A failure that is no older than the limit was told by the job's own state: the alert then is no news. */
    private static Optional<Freshness.Bad> told(Freshness freshness, Duration limit, Instant now) {
        return freshness.bad().filter(bad -> bad.at().plus(limit).isAfter(now));
    }

    private static Alert alert(Freshness freshness, Instant due, Optional<Freshness.Bad> told) {
        var target = freshness.target();
        var what = freshness.work() == Work.BACKUP ? "backup" : freshness.work().word();
        var since = freshness
                .good()
                .map(good -> "no good " + what + " since " + good.data() + ", of night " + good.night())
                .orElse("no good " + what + " yet, known since " + freshness.since());
        var advice = "see whether the scheduler, and the worker of host " + target.host() + " for destination "
                + target.destination() + ", run; then ask for one by "
                + Subjects.request(target.host(), target.service(), target.destination());
        var alert = Alert.of(Alert.OVERDUE, freshness.key(), due, since, advice);
        return told.map(bad -> Alert.of(
                                Alert.OVERDUE,
                                freshness.key(),
                                due,
                                since + "; the last one: " + bad.state() + ", "
                                        + bad.cause().word(),
                                advice)
                        .because(bad.cause()))
                .orElse(alert);
    }

    private static String again(Freshness freshness) {
        return freshness
                .good()
                .map(good -> freshness.key() + " is good again, in night " + good.night())
                .orElse(freshness.key() + " was switched on again");
    }

    private boolean isInFleet(Raised raised) {
        var part = raised.about().split("/", -1);
        return part.length >= 3
                && fleet.backup(new Target(part[0], part[1], part[2])).isPresent();
    }
}
