package io.nightshift.worker;

import io.nightshift.contract.Buckets;
import io.nightshift.contract.Target;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.fleet.HookCommand;
import io.nightshift.contract.fleet.HookCommand.When;
import io.nightshift.contract.fleet.ServiceBackup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** A backup under its lease: view, the user's commands, one call of restic, and what came of it. */
@ApplicationScoped
class BackupRun {
    private static final Logger LOG = Logger.getLogger(BackupRun.class);

    private final InstantSource clock;
    private final Ledger ledger;
    private final Reports reports;
    private final Views views;
    private final Commands commands;
    private final String worker;

    BackupRun(InstantSource clock, Ledger ledger, Reports reports, Views views, Commands commands, WorkerName name) {
        this.clock = clock;
        this.ledger = ledger;
        this.reports = reports;
        this.views = views;
        this.commands = commands;
        this.worker = name.value();
    }

    JobStatus run(Job.Backup job, int attempt, ServiceBackup own, Repository repository) throws InterruptedException {
        try (var view = views.open(job)) {
            var record = ledger.repository(job.id().target());
            var known =
                    record.isPresent() ? record.get() : firstContact(job.id().target(), repository);
            boolean mayBeDone = attempt > 1 || record.isEmpty();
            var done = mayBeDone ? done(job, attempt, repository, view, known) : Optional.<JobStatus>empty();
            var end = settled(job, own, view, () -> {
                var status =
                        done.isPresent() ? done.get() : backUp(job, attempt, own, repository, view, known.lastGood());
                requireSame(job.id().target(), repository);
                remember(known, status);
                return status;
            });
            return afterwards(job, end, own, view);
        }
    }

    /** What a command before has stopped must be started again, by the commands after, whatever fails. */
    private JobStatus settled(Job.Backup job, ServiceBackup own, Views.View view, Repository.Use<JobStatus> work)
            throws InterruptedException {
        try {
            return work.made();
        } catch (JobFailedException e) {
            tidy(job, own, view, e.failure());
            throw e;
        } catch (InterruptedException e) {
            tidy(job, own, view, Runs.STOPPED);
            throw e;
        } catch (RuntimeException e) {
            tidy(job, own, view, Failure.of(Cause.OTHER, "unexpected: " + e, "")); // NATS is away, most likely
            throw e;
        }
    }

    /** A worker may have died, or NATS have lost all, between restic's end and the job's. */
    private Optional<JobStatus> done(
            Job.Backup job, int attempt, Repository repository, Views.View view, RepositoryRecord known)
            throws InterruptedException {
        var found = repository.snapshotOf(job.id());
        if (found.isEmpty() || !repository.isComplete(job, view, found.get())) {
            return Optional.empty();
        }
        view.requireUnchanged();
        LOG.infof("done already: job=%s snapshot=%s", job.id(), found.get().snapshot());
        var report = new Repository.Report(found.get(), true, List.of(), 0);
        return Optional.of(new Verdict(job, clock.instant(), attempt, worker).of(report, known.lastGood()));
    }

    private JobStatus backUp(
            Job.Backup job,
            int attempt,
            ServiceBackup own,
            Repository repository,
            Views.View view,
            Optional<RepositoryRecord.Good> lastGood)
            throws InterruptedException {
        commands.run(own.before(), job.id(), view.root());
        var report = repository.unlocked(() -> repository.backup(job, view, reports::progress));
        view.requireUnchanged();
        return new Verdict(job, clock.instant(), attempt, worker).of(report, lastGood);
    }

    /** It is created only if it is not there and never was. */
    private RepositoryRecord firstContact(Target target, Repository repository) throws InterruptedException {
        String id;
        try {
            id = repository.id();
            LOG.infof("existing repository taken over: target=%s id=%s", target, id);
        } catch (JobFailedException e) {
            if (e.failure().cause() != Cause.REPOSITORY_MISSING) {
                throw e;
            }
            id = repository.create();
            LOG.infof("repository created: target=%s id=%s", target, id);
        }
        var record = new RepositoryRecord(id, repository.url(), clock.instant(), Optional.empty());
        ledger.keepRepository(target, record);
        return record;
    }

    /** @throws JobFailedException if the last run did not use the repository that is remembered */
    void requireSame(Target target, Repository repository) {
        var known = ledger.repository(target);
        if (known.isPresent() && !repository.lastUsed(known.get().id())) {
            throw new JobFailedException(
                    Cause.REPOSITORY_CHANGED,
                    "the repository of " + target + " at " + repository.url() + " is not the one that is remembered, "
                            + known.get().id(),
                    "see who replaced it; if that was meant: nats kv del " + Buckets.REPOSITORIES + " "
                            + target.tokens());
        }
    }

    /** What NATS has lost meanwhile stays unknown: the next run then looks first whether its job is done. */
    private void remember(RepositoryRecord record, JobStatus end) {
        if (ledger.repository(end.job().target()).isEmpty()) {
            return;
        }
        if (end instanceof JobStatus.Succeeded succeeded
                && succeeded.result() instanceof io.nightshift.contract.event.RunResult.Backup result) {
            ledger.keepRepository(end.job().target(), record.withGood(result, end.at()));
        }
    }

    private JobStatus afterwards(Job.Backup job, JobStatus end, ServiceBackup own, Views.View view)
            throws InterruptedException {
        boolean good = end instanceof JobStatus.Succeeded;
        try {
            runAfter(job, own, view, good ? When.SUCCESS : When.FAILURE);
            return end;
        } catch (JobFailedException e) {
            var failure = e.failure();
            var message = failure.message() + " (the backup itself: " + end.state() + ")";
            return new JobStatus.Failed(
                    job.id(), clock.instant(), end.attempt(), Failure.of(failure.cause(), message, failure.advice()));
        }
    }

    /** What the user wants done after a failure; the failure is what counts, so another one is only logged. */
    private void tidy(Job.Backup job, ServiceBackup own, Views.View view, Failure failure) throws InterruptedException {
        try {
            runAfter(job, own, view, When.FAILURE);
        } catch (JobFailedException e) {
            LOG.warnf(
                    "after %s: job=%s %s",
                    failure.cause().word(), job.id(), e.failure().message());
        }
    }

    /** An interruption from before them, which nobody has heard of yet, would keep them from running: it is put off. */
    private void runAfter(Job.Backup job, ServiceBackup own, Views.View view, When ending) throws InterruptedException {
        boolean interrupted = Thread.interrupted();
        try {
            commands.run(after(own, ending), job.id(), view.root());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static List<HookCommand> after(ServiceBackup own, When ending) {
        return own.after().stream()
                .filter(command -> command.when() == When.ALWAYS || command.when() == ending)
                .toList();
    }
}
