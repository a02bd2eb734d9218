package io.nightshift.worker.restore;

import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.RestoreProgress;
import io.nightshift.contract.event.RestoreRequest.Overwrite;
import io.nightshift.contract.event.RestoreResult;
import io.nightshift.contract.event.RestoreResult.Verification;
import io.nightshift.contract.event.RestoreStatus;
import io.nightshift.contract.event.RestoreStatus.Step;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.ServiceBackup;
import io.nightshift.worker.Destinations;
import io.nightshift.worker.JobFailedException;
import io.nightshift.worker.Leases;
import io.nightshift.worker.Run;
import io.nightshift.worker.Runs;
import io.nightshift.worker.WorkerName;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Objects;
import org.jboss.logging.Logger;

/** One attempt at a restore: plan, stop, take a ZFS snapshot, restore, verify, start. */
@ApplicationScoped
class RestoreRun {
    private static final Logger LOG = Logger.getLogger(RestoreRun.class);

    private final Fleet fleet;
    private final InstantSource clock;
    private final RestoreLedger ledger;
    private final RestoreReports reports;
    private final Leases leases;
    private final Destinations destinations;
    private final Archive.Opener opener;
    private final ServiceCommands commands;
    private final Planner planner;
    private final WayBack wayBack;
    private final Runs runs;
    private final String worker;

    RestoreRun(
            Fleet fleet,
            InstantSource clock,
            RestoreLedger ledger,
            RestoreReports reports,
            Leases leases,
            Destinations destinations,
            Archive.Opener opener,
            ServiceCommands commands,
            Planner planner,
            WayBack wayBack,
            Runs runs,
            WorkerName name) {
        this.fleet = fleet;
        this.clock = clock;
        this.ledger = ledger;
        this.reports = reports;
        this.leases = leases;
        this.destinations = destinations;
        this.opener = opener;
        this.commands = commands;
        this.planner = planner;
        this.wayBack = wayBack;
        this.runs = runs;
        this.worker = name.value();
    }

    /** What an attempt has in hand. */
    record Attempt(Restore restore, int number, Run run, Journal journal, ServiceBackup own) {
        boolean dry() {
            return restore.request().dryRun();
        }
    }

    RestoreResult run(Restore restore, int number, Run run, Journal journal) throws InterruptedException {
        var own = fleet.backup(restore.target())
                .orElseThrow(() -> new JobFailedException(
                        Cause.CONFIGURATION,
                        "the worker's fleet file " + fleet.file() + " does not know " + restore.target(),
                        "deploy the same fleet file everywhere, and restart the worker"));
        var attempt = new Attempt(restore, number, run, journal, own);
        var place = restore.request().inPlace()
                ? "service " + restore.target().service()
                : restore.request().folder().orElse(restore.toString());
        try (var lease = leases.place(restore.target().host(), place, run::interrupt)) {
            LOG.debugf("begins: restore=%s lease=%s", restore, lease);
            return withService(attempt);
        }
    }

    /** After a worker that died in between, too: whatever it had stopped is started. */
    private RestoreResult withService(Attempt attempt) throws InterruptedException {
        var restore = attempt.restore();
        var service = new ServiceStop(commands, attempt.own(), restore, attempt.journal());
        boolean begun = ledger.begun(restore);
        if (begun) {
            service.oweStart();
        }
        RestoreResult result;
        try {
            result = perform(attempt, service, begun);
        } catch (InterruptedException | RuntimeException e) {
            runs.end(attempt.run()); // what starts the service must not be interrupted as well
            if (restore.concernsService() && service.owesStart()) {
                startAfter(attempt, service, e);
            }
            throw e;
        }
        runs.end(attempt.run());
        if (restore.concernsService()) {
            start(attempt, service);
        }
        return withJournal(result, attempt.journal());
    }

    /** Whether or not it can be told: where NATS is away, the service counts for more. */
    private void start(Attempt attempt, ServiceStop service) throws InterruptedException {
        try {
            step(attempt, Step.STARTING);
        } catch (RuntimeException e) {
            LOG.warnf("not told that the service is started: restore=%s why=%s", attempt.restore(), e.getMessage());
        }
        service.start();
    }

    private void startAfter(Attempt attempt, ServiceStop service, Exception failure) throws InterruptedException {
        try {
            start(attempt, service);
        } catch (JobFailedException e) {
            failure.addSuppressed(e);
            LOG.errorf("restore=%s %s", attempt.restore(), e.failure().message());
        }
    }

    /** For a restore whose workers died too often: the last thing that is owed. */
    void startOnly(Restore restore, Journal journal) throws InterruptedException {
        var own = fleet.backup(restore.target());
        if (own.isPresent() && restore.concernsService() && ledger.begun(restore)) {
            try {
                new ServiceStop(commands, own.get(), restore, journal).start();
            } catch (JobFailedException e) {
                LOG.errorf("restore=%s %s", restore, e.failure().message());
            }
        }
    }

    private RestoreResult perform(Attempt attempt, ServiceStop service, boolean begun) throws InterruptedException {
        long began = System.nanoTime();
        var restore = attempt.restore();
        step(attempt, Step.CHECKING);
        var destination =
                Objects.requireNonNull(fleet.destinations().get(restore.target().destination()));
        destinations.require(destination);
        var archive = new Reachable(opener.open(attempt.own(), destination), leases, restore.target(), attempt.run());
        var plan = planner.plan(restore, attempt.own(), archive.open(), begun, attempt.journal());
        wayBack.check(restore, attempt.journal());
        if (!attempt.dry()) {
            service.oweStart();
            ledger.keepBegun(restore);
        }
        if (restore.concernsService()) {
            step(attempt, Step.STOPPING);
            service.stop();
            wayBack.take(restore, attempt.journal());
        }
        step(attempt, Step.RESTORING);
        try {
            var summary = bringBack(attempt, plan, archive.open());
            var verified = attempt.dry() ? Verification.NONE : verify(attempt, plan, archive.open());
            return result(attempt, plan, summary, verified, Duration.ofNanos(System.nanoTime() - began));
        } catch (InterruptedException | RuntimeException e) {
            if (!attempt.dry()) {
                attempt.journal().add("did not come to its end: some files may be restored and others not");
            }
            throw e;
        }
    }

    private Archive.Summary bringBack(Attempt attempt, Plan plan, Archive archive) throws InterruptedException {
        long bytes = 0;
        long unchanged = 0;
        long deleted = 0;
        var paths = new ArrayList<String>();
        for (var part : Parts.of(plan.place(), attempt.restore().request())) {
            if (!attempt.dry()) {
                makeFolder(part);
            }
            var summary = archive.restore(part, counts -> progress(attempt.restore(), counts));
            bytes += summary.bytesRestored();
            unchanged += summary.unchanged();
            deleted += summary.deleted();
            paths.addAll(summary.deletedPaths());
        }
        attempt.journal()
                .add((attempt.dry() ? "would restore from snapshot " : "restored from snapshot ")
                        + plan.place().selection().snapshot().shortId());
        return new Archive.Summary(bytes, unchanged, deleted, paths);
    }

    /** Else restic makes it for its owner alone. */
    private static void makeFolder(Archive.Part part) {
        try {
            Files.createDirectories(part.target());
        } catch (IOException e) {
            throw new JobFailedException(
                    Cause.PLACE_REFUSED, part.target() + " cannot be made: " + e, "see who may write there");
        }
    }

    private Verification verify(Attempt attempt, Plan plan, Archive archive) throws InterruptedException {
        step(attempt, Step.VERIFYING);
        var restore = attempt.restore();
        var sidecars = new Sidecars();
        var comparison =
                new Comparison(plan.place(), restore.request().overwrite().orElse(Overwrite.ALWAYS), sidecars);
        archive.list(plan.place().selection().snapshot(), comparison);
        comparison.requireGood(restore);
        if (comparison.notCompared() > 0) {
            attempt.journal().add(comparison.notCompared() + " names are no UTF-8, and were not looked up one by one");
        }
        try {
            sidecars.moveAside(restore.id())
                    .forEach(moved -> attempt.journal().add("moved aside, left by SQLite from another time: " + moved));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (Folders.losesOwners()) {
            attempt.journal().add("owners do not come back, for the worker is not root");
        }
        return restore.request().verifies() ? Verification.CONTENTS : Verification.SIZES;
    }

    private RestoreResult result(
            Attempt attempt, Plan plan, Archive.Summary summary, Verification verified, Duration took) {
        var selection = plan.place().selection();
        return new RestoreResult(
                selection.snapshot().id(),
                selection.snapshot().time(),
                plan.place().folder().map(Object::toString),
                attempt.dry(),
                selection.hostPaths(),
                plan.files(),
                plan.bytes(),
                Math.max(0, plan.files() - summary.unchanged()),
                summary.unchanged(),
                summary.deleted(),
                summary.bytesRestored(),
                verified,
                summary.deletedPaths(),
                attempt.journal().lines(),
                took.toMillis() / 1000.0);
    }

    private static RestoreResult withJournal(RestoreResult r, Journal journal) {
        return new RestoreResult(
                r.snapshot(),
                r.snapshotTime(),
                r.folder(),
                r.dryRun(),
                r.paths(),
                r.filesExpected(),
                r.bytesExpected(),
                r.filesRestored(),
                r.filesUnchanged(),
                r.filesDeleted(),
                r.bytesRestored(),
                r.verified(),
                r.deleted(),
                journal.lines(),
                r.durationSeconds());
    }

    private void step(Attempt attempt, Step step) {
        var restore = attempt.restore();
        reports.status(new RestoreStatus.Running(
                restore.id(), restore.target(), clock.instant(), attempt.number(), worker, step));
    }

    private void progress(Restore restore, Archive.Counts counts) {
        reports.progress(new RestoreProgress(
                restore.id(),
                restore.target(),
                clock.instant(),
                counts.percent(),
                counts.bytesDone(),
                counts.bytesTotal(),
                counts.filesDone(),
                counts.filesTotal(),
                counts.bytesDone() / Math.max(1, counts.seconds())));
    }
}
