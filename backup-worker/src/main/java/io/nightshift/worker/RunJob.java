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

    RunJob(WorkerConfig config, InstantSource clock, Ledger ledger, Reports reports, Runs runs, Work work) {
        this.config = config.worker();
        this.clock = clock;
        this.ledger = ledger;
        this.reports = reports;
        this.runs = runs;
        this.work = work;
    }

    /**
     * @param attempt 1 for the first delivery
     * @return empty: the job has ended
     */
    public Optional<RetryLater> run(Job job, int attempt) {
        var known = ledger.end(job.id());
        if (known.isPresent()) {
            LOG.infof(
                    "known end, not run again: job=%s state=%s",
                    job.id(), known.get().state());
            reports.status(known.get());
            return Optional.empty();
        }
        if (attempt > config.maxAttempts()) {
            return end(new JobStatus.Interrupted(job.id(), clock.instant(), attempt, vanished(job)));
        }
        return begin(job, attempt);
    }

    private Optional<RetryLater> begin(Job job, int attempt) {
        var run = runs.begin();
        Failure failure;
        try {
            work.run(job, attempt, run, end -> {
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
        return failed(job, attempt, failure);
    }

    private Optional<RetryLater> failed(Job job, int attempt, Failure failure) {
        boolean stopped = failure.cause() == Cause.STOPPED;
        if (!stopped && (!failure.cause().isTransient() || attempt >= config.maxAttempts())) {
            return end(new JobStatus.Failed(job.id(), clock.instant(), attempt, failure));
        }
        var delay = stopped ? Duration.ZERO : backoff(attempt);
        var now = clock.instant();
        reports.status(new JobStatus.Queued(job.id(), now, attempt, now.plus(delay), Optional.of(failure)));
        LOG.warnf("tried again: job=%s attempt=%d in=%s why=%s", job.id(), attempt, delay, failure.message());
        return Optional.of(new RetryLater(delay, failure.message()));
    }

    private Duration backoff(int attempt) {
        var pauses = config.backoff();
        return pauses.get(Math.min(attempt, pauses.size()) - 1);
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

    private Failure vanished(Job job) {
        return Failure.of(
                Cause.STOPPED,
                job.id() + " was begun " + config.maxAttempts() + " times, and its worker died or was stopped",
                "see why the worker dies: out of memory, or restarted too often");
    }
}
