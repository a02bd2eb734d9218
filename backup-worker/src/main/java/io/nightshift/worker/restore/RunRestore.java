package io.nightshift.worker.restore;

import io.nightshift.contract.Target;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.RestoreStatus;
import io.nightshift.worker.JobFailedException;
import io.nightshift.worker.RetryLater;
import io.nightshift.worker.Run;
import io.nightshift.worker.Runs;
import io.nightshift.worker.WorkerName;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Brings a restore to its end, or says when to try again. A second delivery is harmless: the end is kept before the message
 * is acknowledged, and looked up first; what a dead worker had begun is done again from its start, for restic skips what is
 * there, and the service is started whatever happens.
 */
@ApplicationScoped
public class RunRestore {
    private static final Logger LOG = Logger.getLogger(RunRestore.class);
    private static final Failure CANCELLED =
            Failure.of(Cause.STOPPED, "somebody asked for its end", "nothing: ask again if it is wanted");

    private final RestoreConfig config;
    private final InstantSource clock;
    private final RestoreLedger ledger;
    private final RestoreReports reports;
    private final Runs runs;
    private final RestoreRun work;
    private final String worker;
    private final Map<Restore, Run> inHand = new ConcurrentHashMap<>();

    RunRestore(
            RestoreConfig config,
            InstantSource clock,
            RestoreLedger ledger,
            RestoreReports reports,
            Runs runs,
            RestoreRun work,
            WorkerName name) {
        this.config = config;
        this.clock = clock;
        this.ledger = ledger;
        this.reports = reports;
        this.runs = runs;
        this.work = work;
        this.worker = name.value();
    }

    /**
     * One after the other, each to its end, whatever becomes of the others. The first that begins has begun them all: the
     * last is not too old because the others took their time.
     *
     * @param attempt 1 for the first delivery
     * @param asked when the request was made
     * @return empty: all have ended
     */
    public Optional<RetryLater> run(List<Restore> restores, int attempt, Instant asked) {
        Optional<RetryLater> later = Optional.empty();
        boolean begun = restores.stream().anyMatch(ledger::begun);
        for (var restore : restores) {
            var again = run(restore, attempt, begun ? clock.instant() : asked);
            if (again.filter(RetryLater::atOnce).isPresent()) {
                return again; // the worker stops
            }
            later = later.or(() -> again);
            begun = begun || ledger.begun(restore);
        }
        return later;
    }

    private Optional<RetryLater> run(Restore restore, int attempt, Instant asked) {
        var known = ledger.end(restore);
        if (known.isPresent()) {
            LOG.infof(
                    "known end, not done again: restore=%s state=%s",
                    restore, known.get().state());
            reports.status(known.get());
            return Optional.empty();
        }
        var journal = new Journal();
        if (ledger.cancelled(restore.key())) {
            return afterDeath(restore, journal, () -> cancelled(restore, attempt, journal));
        }
        if (!ledger.begun(restore) && asked.plus(config.maxWait()).isBefore(clock.instant())) {
            return end(restore, failed(restore, attempt, tooOld(asked), journal));
        }
        return attempt > config.maxAttempts() ? giveUp(restore, attempt, journal) : begin(restore, attempt, journal);
    }

    /** Ends those that fit, here and now, and those that nobody has begun. */
    public void cancel(Target target, Optional<String> id) {
        id.ifPresent(name -> ledger.keepCancelled(Restore.key(target, name)));
        inHand.forEach((restore, run) -> {
            if (restore.target().equals(target) && id.map(restore.id()::equals).orElse(true)) {
                LOG.infof("cancelled: restore=%s", restore);
                run.interrupt(CANCELLED);
            }
        });
    }

    private Optional<RetryLater> begin(Restore restore, int attempt, Journal journal) {
        var run = runs.begin();
        inHand.put(restore, run);
        Failure failure;
        try {
            LOG.infof("begins: restore=%s attempt=%d", restore, attempt);
            var result = work.run(restore, attempt, run, journal);
            return end(
                    restore,
                    new RestoreStatus.Succeeded(
                            restore.id(), restore.target(), clock.instant(), attempt, worker, result));
        } catch (JobFailedException e) {
            failure = run.interruption().orElse(e.failure());
        } catch (InterruptedException e) {
            failure = run.interruption().orElse(Runs.STOPPED);
        } catch (RuntimeException e) {
            LOG.errorf(e, "unexpected: restore=%s", restore);
            failure = Failure.of(Cause.OTHER, "unexpected: " + e, "see the worker's log");
        } finally {
            inHand.remove(restore);
            runs.end(run);
        }
        return failure == CANCELLED
                ? cancelled(restore, attempt, journal)
                : failedOrAgain(restore, attempt, failure, journal);
    }

    private Optional<RetryLater> failedOrAgain(Restore restore, int attempt, Failure failure, Journal journal) {
        boolean stopped = failure == Runs.STOPPED;
        if (!stopped && (!failure.cause().isTransient() || attempt >= config.maxAttempts())) {
            return end(restore, failed(restore, attempt, failure, journal));
        }
        reports.status(new RestoreStatus.Queued(
                restore.id(), restore.target(), clock.instant(), attempt, Optional.of(failure)));
        var delay = stopped ? Duration.ZERO : backoff(attempt);
        LOG.warnf("tried again: restore=%s attempt=%d in=%s why=%s", restore, attempt, delay, failure.message());
        return Optional.of(new RetryLater(delay, failure.message()));
    }

    private Duration backoff(int attempt) {
        var pauses = config.backoff();
        return pauses.get(Math.min(attempt, pauses.size()) - 1);
    }

    private Optional<RetryLater> giveUp(Restore restore, int attempt, Journal journal) {
        var failure = Failure.of(
                Cause.STOPPED,
                "restore " + restore + " was begun " + config.maxAttempts() + " times, and did not end",
                "see why the worker dies; then ask again");
        return afterDeath(restore, journal, () -> end(restore, failed(restore, attempt, failure, journal)));
    }

    /** What a dead worker had stopped is started, whatever the end is to be. */
    private Optional<RetryLater> afterDeath(Restore restore, Journal journal, Supplier<Optional<RetryLater>> end) {
        try {
            work.startOnly(restore, journal);
            return end.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new RetryLater(Duration.ZERO, "the worker stops"));
        }
    }

    private Optional<RetryLater> cancelled(Restore restore, int attempt, Journal journal) {
        return end(
                restore,
                new RestoreStatus.Cancelled(restore.id(), restore.target(), clock.instant(), attempt, journal.lines()));
    }

    private RestoreStatus failed(Restore restore, int attempt, Failure failure, Journal journal) {
        return new RestoreStatus.Failed(
                restore.id(),
                restore.target(),
                clock.instant(),
                attempt,
                failure,
                journal.lines(),
                restore.request().dryRun());
    }

    private Failure tooOld(Instant asked) {
        return Failure.of(
                Cause.TIMED_OUT,
                "it was asked for at " + asked + ", and nobody could begin it within " + config.maxWait(),
                "ask again if it is still wanted");
    }

    /** Kept before it is told: a repeat then tells the same. */
    private Optional<RetryLater> end(Restore restore, RestoreStatus end) {
        ledger.keepEnd(restore, end);
        reports.status(end);
        LOG.infof("end: restore=%s state=%s attempt=%d", restore, end.state(), end.attempt());
        return Optional.empty();
    }
}
