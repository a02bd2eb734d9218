package io.nightshift.worker;

import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.JobStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Brings a job to its end, or says when to try again. A second delivery is harmless: the end of a job is kept before its
 * message is acknowledged, looked up first, and once more under the repository's lease.
 */
@ApplicationScoped
public class RunJob {
    private static final Logger LOG = Logger.getLogger(RunJob.class);

    private final WorkerConfig.Worker config;
    private final InstantSource clock;
    private final Ledger ledger;
    private final Reports reports;
    private final Runs runs;
    private final Work work;
    private final String process;

    RunJob(
            WorkerConfig config,
            WorkerName name,
            InstantSource clock,
            Ledger ledger,
            Reports reports,
            Runs runs,
            Work work) {
        this.config = config.worker();
        this.process = name.process();
        this.clock = clock;
        this.ledger = ledger;
        this.reports = reports;
        this.runs = runs;
        this.work = work;
    }

    /** @return empty: the job has ended */
    public Optional<RetryLater> run(Job job) {
        var known = ledger.end(job.id());
        if (known.isPresent()) {
            LOG.infof(
                    "known end, not run again: job=%s state=%s",
                    job.id(), known.get().state());
            reports.status(known.get());
            return Optional.empty();
        }
        return begin(job);
    }

    private Optional<RetryLater> begin(Job job) {
        var run = runs.begin();
        Failure failure;
        try {
            work.run(job, run, end -> {
                runs.end(run);
                end(end);
            });
            return Optional.empty();
        } catch (JobFailedException e) {
            failure = run.interruption().orElse(e.failure());
        } catch (InterruptedException e) {
            failure = run.interruption().orElse(Runs.STOPPED);
        } catch (RuntimeException e) {
            if (run.ended()) {
                throw e; // only the telling failed: the end, perhaps kept already, must not become another
            }
            LOG.errorf(e, "unexpected: job=%s", job.id());
            failure = Failure.of(Cause.OTHER, "unexpected: " + e, "see the worker's log");
        } finally {
            runs.end(run);
        }
        boolean ours = failure.cause() == Cause.STOPPED && run.interruption().isPresent();
        return ours ? stopped(job, run, failure) : failed(job, run, failure);
    }

    /** By us: to the queue at once, for whoever is there. A restic that somebody else stops, again and again, is a failure. */
    private Optional<RetryLater> stopped(Job job, Run run, Failure failure) {
        var attempts =
                ledger.attempts(job.id(), before -> run.begun() ? before.stopped(process) : before.missed(false));
        return again(job, attempts, Duration.ZERO, failure);
    }

    private Optional<RetryLater> failed(Job job, Run run, Failure failure) {
        var attempts = ledger.attempts(job.id(), before -> run.begun() ? before.failed(process) : before.missed(true));
        var delay = pause(attempts.failures());
        boolean late = clock.instant().plus(delay).isAfter(job.due().plus(config.retryFor()));
        if (late || !failure.cause().isTransient()) {
            return end(new JobStatus.Failed(job.id(), clock.instant(), attempts.begun(), failure));
        }
        return again(job, attempts, delay, failure);
    }

    private Optional<RetryLater> again(Job job, Attempts attempts, Duration delay, Failure failure) {
        var now = clock.instant();
        reports.status(new JobStatus.Queued(job.id(), now, attempts.begun(), now.plus(delay), Optional.of(failure)));
        LOG.warnf("tried again: job=%s attempt=%d in=%s why=%s", job.id(), attempts.begun(), delay, failure.message());
        return Optional.of(new RetryLater(delay, failure.message()));
    }

    private Duration pause(int failures) {
        var pauses = config.backoff();
        return pauses.get(Math.min(failures, pauses.size()) - 1);
    }

    /** Decided before it is told: a repeat, and whoever else has an end for this job, then tells the same. */
    private Optional<RetryLater> end(JobStatus own) {
        var end = ledger.decide(own);
        if (!end.equals(own)) {
            LOG.warnf("ended by somebody else: job=%s own=%s decided=%s", own.job(), own.state(), end.state());
        }
        reports.status(end);
        var why = end.problem().map(failure -> " cause=" + failure.cause().word() + " why=" + failure.message());
        LOG.infof("end: job=%s state=%s attempt=%d%s", end.job(), end.state(), end.attempt(), why.orElse(""));
        return Optional.empty();
    }
}
