package io.nightshift.worker;

import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.JobStatus;
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
    private final String worker;

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
            BackupRun backups) {
        this.fleet = new OwnFleet(fleet, config.worker().host());
        this.clock = clock;
        this.ledger = ledger;
        this.reports = reports;
        this.leases = leases;
        this.destinations = destinations;
        this.opener = opener;
        this.backups = backups;
        this.worker = name.value();
    }

    /** @param ended called under the lease: who waits for it with a second delivery then finds the end of the first */
    void run(Job job, int attempt, Run run, Consumer<JobStatus> ended) throws InterruptedException {
        var own = fleet.backup(job);
        var target = job.id().target();
        var repository = opener.open(own, fleet.destination(target));
        int slots = fleet.destination(target).concurrency();
        try (var slot = leases.slot(target.destination(), slots, run::interrupt);
                var lease = leases.repository(target, run::interrupt)) {
            LOG.debugf("begins: job=%s slot=%s lease=%s", job.id(), slot, lease);
            var known = ledger.end(job.id());
            ended.accept(known.isPresent() ? known.get() : perform(job, attempt, own, repository));
        }
    }

    private JobStatus perform(Job job, int attempt, ServiceBackup own, Repository repository)
            throws InterruptedException {
        reports.status(new JobStatus.Running(job.id(), clock.instant(), attempt, worker));
        LOG.infof("begins: job=%s attempt=%d", job.id(), attempt);
        destinations.require(fleet.destination(job.id().target()));
        if (job instanceof Job.Backup backup) {
            return backups.run(backup, attempt, own, repository);
        }
        repository.unlockStale();
        var result = job instanceof Job.Forget forget ? repository.forget(forget) : repository.check((Job.Check) job);
        backups.requireSame(job.id().target(), repository);
        return new JobStatus.Succeeded(job.id(), clock.instant(), attempt, worker, result);
    }
}
