package io.nightshift.worker;

import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.RunResult;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.ServiceBackup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** One attempt at a job: slot, lease, then what the job asks for. */
@ApplicationScoped
class Work {
    private static final Logger LOG = Logger.getLogger(Work.class);

    private final OwnFleet fleet;
    private final InstantSource clock;
    private final Ledger ledger;
    private final Reports reports;
    private final Leases leases;
    private final Destinations destinations;
    private final Repository.Opener opener;
    private final BackupRun backups;
    private final RestoreTests restoreTests;
    private final WorkerName worker;
    private final int maxCrashes;

    Work(
            WorkerConfig config,
            Fleet fleet,
            WorkerName name,
            InstantSource clock,
            Ledger ledger,
            Reports reports,
            Leases leases,
            Destinations destinations,
            Repository.Opener opener,
            BackupRun backups,
            RestoreTests restoreTests) {
        this.fleet = new OwnFleet(fleet, config.worker().host());
        this.clock = clock;
        this.ledger = ledger;
        this.reports = reports;
        this.leases = leases;
        this.destinations = destinations;
        this.opener = opener;
        this.backups = backups;
        this.restoreTests = restoreTests;
        this.worker = name;
        this.maxCrashes = config.worker().maxCrashes();
    }

    /** @param ended called under the lease: who waits for it with a second delivery then finds the end of the first */
    void run(Job job, Run run, Consumer<JobStatus> ended) throws InterruptedException {
        var own = fleet.backup(job);
        var target = job.id().target();
        var repository = opener.open(own, fleet.destination(target));
        int slots = fleet.destination(target).concurrency();
        try (var slot = leases.slot(target.destination(), slots, run::interrupt);
                var lease = leases.repository(target, run::interrupt)) {
            LOG.debugf("begins: job=%s slot=%s lease=%s", job.id(), slot, lease);
            var known = ledger.end(job.id());
            ended.accept(known.isPresent() ? known.get() : begin(job, run, own, repository));
        }
    }

    private JobStatus begin(Job job, Run run, ServiceBackup own, Repository repository) throws InterruptedException {
        var attempts = ledger.attempts(job.id(), before -> before.begin(worker.process()));
        run.hasBegun();
        if (attempts.crashes() >= maxCrashes) {
            return new JobStatus.Interrupted(job.id(), clock.instant(), attempts.begun(), vanished(job, attempts));
        }
        return perform(job, attempts.begun(), own, repository);
    }

    private static Failure vanished(Job job, Attempts attempts) {
        return Failure.of(
                Cause.STOPPED,
                job.id() + " was begun, and its worker died, " + attempts.crashes() + " times",
                "see why the worker dies: out of memory, most likely (journalctl -k says so)");
    }

    private JobStatus perform(Job job, int attempt, ServiceBackup own, Repository repository)
            throws InterruptedException {
        reports.status(new JobStatus.Running(job.id(), clock.instant(), attempt, worker.value()));
        LOG.infof("begins: job=%s attempt=%d", job.id(), attempt);
        destinations.require(fleet.destination(job.id().target()));
        if (job instanceof Job.Backup backup) {
            return backups.run(backup, attempt, own, repository);
        }
        var result = requireMade(job, own, repository);
        backups.requireSame(job.id().target(), repository);
        return new JobStatus.Succeeded(job.id(), clock.instant(), attempt, worker.value(), result);
    }

    /** Where none is remembered, a missing repository has not vanished: it waits for the first backup. */
    private RunResult requireMade(Job job, ServiceBackup own, Repository repository) throws InterruptedException {
        var target = job.id().target();
        try {
            return lookAfter(job, own, repository);
        } catch (JobFailedException e) {
            if (e.failure().cause() == Cause.REPOSITORY_MISSING
                    && ledger.repository(target).isEmpty()) {
                throw new JobFailedException(
                        Cause.SNAPSHOT_UNKNOWN,
                        "there is no repository of " + target + " at " + repository.url() + " yet",
                        "back up first: nightshift run " + target.arguments());
            }
            throw e;
        }
    }

    private RunResult lookAfter(Job job, ServiceBackup own, Repository repository) throws InterruptedException {
        if (job instanceof Job.Forget forget) {
            return repository.unlocked(() -> repository.forget(forget));
        }
        repository.unlockStale(); // and so the cache shows which repository it is: a check has one of its own
        return job instanceof Job.Check check
                ? repository.check(check)
                : restoreTests.run(
                        (Job.RestoreTest) job, own, fleet.destination(job.id().target()));
    }
}
