package io.nightshift.notifier;

import io.nightshift.contract.Target;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.Alert;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.Rejected;
import io.nightshift.contract.event.RestoreStatus;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.notifier.Finding.Kind;
import io.nightshift.notifier.Finding.Recovery;
import io.nightshift.notifier.Finding.Trouble;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What each event of the bus means to a person. Pure functions. */
public final class Findings {
    private Findings() {}

    /** Nothing, for a job that has not ended, and for one that was skipped because it left the fleet file. */
    public static List<Finding> of(JobStatus status, Instant at) {
        if (status instanceof JobStatus.Succeeded) {
            return List.of(worksAgain(status, true, at));
        }
        if (!status.isFinal() || isHarmless(status)) {
            return List.of();
        }
        var findings = new ArrayList<Finding>();
        status.problem().ifPresent(failure -> findings.add(trouble(status, failure, at)));
        if (status.outcome().isPresent()) {
            findings.add(worksAgain(status, false, at));
        }
        return findings;
    }

    /** Only what a later night pushed aside was not backed up. */
    private static boolean isHarmless(JobStatus status) {
        return status instanceof JobStatus.Skipped skipped && skipped.failure().cause() != Cause.SUPERSEDED;
    }

    /** A run that left a result has reached its destination, whatever else is wrong with it. */
    private static Recovery worksAgain(JobStatus status, boolean job, Instant at) {
        var target = status.job().target();
        var keys = new ArrayList<>(Keys.destinations(target));
        keys.add(Keys.untaken(target.host(), target.destination()));
        if (job) {
            keys.add(0, Keys.job(status.job()));
        }
        return new Recovery(List.copyOf(keys), target.toString(), at);
    }

    private static Trouble trouble(JobStatus status, Failure failure, Instant at) {
        var target = status.job().target();
        if (failure.cause() == Cause.SNAPSHOT_FAILED) {
            return noSnapshot(target.host(), status.job().night().toString(), failure.message(), failure.advice(), at);
        }
        if (failure.cause() == Cause.SUPERSEDED) {
            return untaken(
                    target.host(), target.destination(), target.toString(), failure.message(), failure.advice(), at);
        }
        return Keys.isOfDestination(failure.cause())
                ? ofDestination(status, target, failure, at)
                : ofJob(status, target, failure, at);
    }

    private static Trouble ofJob(JobStatus status, Target target, Failure failure, Instant at) {
        var work = status.job().work();
        var about = target.service() + " → " + target.destination();
        var account = new Account(
                work == Work.BACKUP ? about : about + ": " + work.word(),
                status.state(),
                where(status),
                CauseWords.of(failure.cause()),
                failure.message(),
                failure.advice(),
                failure.paths(),
                failure.pathCount());
        return new Trouble(
                Keys.job(status.job()),
                Kind.JOB,
                target.toString(),
                at,
                Optional.of(status.job().night().toString()),
                severity(status),
                failure.cause().word(),
                account);
    }

    private static Trouble ofDestination(JobStatus status, Target target, Failure failure, Instant at) {
        var account = new Account(
                target.service() + " → " + target.destination(),
                status.state(),
                where(status),
                "destination " + target.destination() + ": " + CauseWords.of(failure.cause()),
                failure.message(),
                failure.advice(),
                failure.paths(),
                failure.pathCount());
        return new Trouble(
                Keys.destination(target, failure.cause()),
                Kind.DESTINATION,
                target.toString(),
                at,
                Optional.of(status.job().night().toString()),
                severity(status),
                failure.cause().word(),
                account);
    }

    private static String where(JobStatus status) {
        return "Host " + status.job().target().host() + ", night "
                + status.job().night();
    }

    private static Severity severity(JobStatus status) {
        return status instanceof JobStatus.Failed || status instanceof JobStatus.Interrupted
                ? Severity.FAILURE
                : Severity.WARNING;
    }

    /** Only a failure: of the rest, whoever asked is told. A plan that fails has changed nothing. */
    public static List<Finding> of(RestoreStatus status, Instant at) {
        if (!(status instanceof RestoreStatus.Failed failed) || failed.dryRun()) {
            return List.of();
        }
        var target = failed.target();
        var failure = failed.failure();
        var account = new Account(
                "Restore of " + target.service() + " from " + target.destination(),
                failed.state(),
                "Host " + target.host() + ", restore " + failed.restore(),
                CauseWords.of(failure.cause()),
                failure.message(),
                failure.advice(),
                failure.paths(),
                failure.pathCount());
        return List.of(new Trouble(
                Keys.restore(target, failed.restore()),
                Kind.RESTORE,
                target.toString(),
                at,
                Optional.empty(),
                Severity.FAILURE,
                failure.cause().word(),
                account));
    }

    public static List<Finding> of(SnapshotEvent event, Instant at) {
        if (event instanceof SnapshotEvent.Ready ready) {
            return List.of(new Recovery(List.of(Keys.snapshot(ready.host())), ready.host(), at));
        }
        return event instanceof SnapshotEvent.Failed failed
                ? List.of(noSnapshot(failed.host(), failed.night().toString(), failed.reason(), failed.advice(), at))
                : List.of();
    }

    /** Announced by the host, or, where the host says nothing, by the jobs that waited for it: the same incident. */
    private static Trouble noSnapshot(String host, String night, String reason, String advice, Instant at) {
        var account = Account.of(
                host, "has no ZFS snapshot", "No backup of host " + host + " in night " + night, reason, advice);
        return new Trouble(
                Keys.snapshot(host),
                Kind.SNAPSHOT,
                host,
                at,
                Optional.of(night),
                Severity.FAILURE,
                Cause.SNAPSHOT_FAILED.word(),
                account);
    }

    public static List<Finding> of(Alert alert, Instant at) {
        if (alert.over()) {
            return List.of(new Recovery(List.of(key(alert)), alert.about(), at));
        }
        if (alert.kind().equals(Alert.OVERDUE)) {
            return overdue(alert, at);
        }
        if (alert.kind().equals(Alert.WAITING)) {
            var queue = alert.about().split("/", 2);
            return List.of(untaken(
                    queue[0], queue.length > 1 ? queue[1] : "", alert.about(), alert.message(), alert.advice(), at));
        }
        var account = Account.of(alert.about() + ":", alert.kind(), "", alert.message(), alert.advice());
        return List.of(new Trouble(
                Keys.alert(alert.kind(), alert.about()),
                Kind.ALERT,
                alert.about(),
                at,
                Optional.empty(),
                Severity.WARNING,
                alert.kind(),
                account));
    }

    private static String key(Alert alert) {
        if (alert.kind().equals(Alert.OVERDUE)) {
            return Keys.overdue(alert.about());
        }
        var queue = alert.about().split("/", 2);
        return alert.kind().equals(Alert.WAITING) && queue.length > 1
                ? Keys.untaken(queue[0], queue[1])
                : Keys.alert(alert.kind(), alert.about());
    }

    /** Where the jobs' own states have said why, that was told, and is reminded of by each further state. */
    private static List<Finding> overdue(Alert alert, Instant at) {
        return alert.cause().isPresent()
                ? List.of()
                : List.of(late(
                        Keys.overdue(alert.about()),
                        alert.about(),
                        Account.of(alert.about(), "overdue", "", alert.message(), alert.advice()),
                        at));
    }

    /** No worker took it, or none in time: the scheduler says so while it lasts, and the jobs when they are given up. */
    private static Trouble untaken(
            String host, String destination, String part, String message, String advice, Instant at) {
        var account = Account.of(host + " → " + destination, "not taken by a worker", "", message, advice);
        return late(Keys.untaken(host, destination), part, account, at);
    }

    private static Trouble late(String key, String part, Account account, Instant at) {
        return new Trouble(key, Kind.LATE, part, at, Optional.empty(), Severity.FAILURE, "late", account);
    }

    public static List<Finding> of(Rejected rejected, Instant at) {
        var account = Account.of(
                "backup." + Keys.area(rejected.subject()) + ":",
                "a message was refused",
                "Subject " + rejected.subject()
                        + (rejected.consumer().isEmpty() ? "" : ", read by " + rejected.consumer()),
                rejected.reason(),
                "see it with: nats stream get BACKUP_EVENTS --last-for=backup.rejected");
        return List.of(rejection(Keys.rejected(rejected.subject(), rejected.reason()), account, at));
    }

    /** For what stands on {@code backup.rejected} and is no rejection: to reject that again would never end. */
    public static List<Finding> unreadableRejection(String reason, Instant at) {
        var account = Account.of(
                "backup.rejected:",
                "holds a message that is no rejection",
                "Subject backup.rejected",
                reason,
                "find out who published it; only the services do");
        return List.of(rejection(Keys.rejected("backup.rejected", "not a Rejected"), account, at));
    }

    private static Trouble rejection(String key, Account account, Instant at) {
        return new Trouble(key, Kind.REJECTED, "", at, Optional.empty(), Severity.WARNING, "rejected", account);
    }
}
