package io.nightshift.scheduler.state;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.nightshift.contract.Target;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.RestoreProgress;
import io.nightshift.contract.event.RestoreResult;
import io.nightshift.contract.event.RestoreStatus;
import io.nightshift.contract.event.RestoreStatus.Step;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A restore, as it is shown.
 *
 * @param state {@code asked}: no worker has begun it yet; else as in the events
 * @param since when it was asked for, or first heard of
 * @param at of the state
 * @param step of one that is running; {@code progress}: of that step, where something was said
 * @param result of one that succeeded; of a dry run, the plan
 * @param failure why it failed, or waits for another try
 * @param did what was done, step by step, in sentences
 */
public record RestoreState(
        String id,
        Target target,
        String state,
        Instant since,
        Instant at,
        int attempt,
        Optional<String> worker,
        Optional<Step> step,
        Optional<RestoreProgress> progress,
        Optional<RestoreResult> result,
        Optional<Failure> failure,
        List<String> did) {

    static RestoreState asked(String id, Target target, Instant at) {
        return new RestoreState(
                id,
                target,
                "asked",
                at,
                at,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    RestoreState heard(RestoreStatus status) {
        boolean running = status instanceof RestoreStatus.Running;
        return new RestoreState(
                id,
                target,
                status.state(),
                since,
                status.at(),
                status.attempt(),
                worker(status).or(() -> worker),
                status instanceof RestoreStatus.Running now ? Optional.of(now.step()) : Optional.empty(),
                running ? progress : Optional.empty(),
                status instanceof RestoreStatus.Succeeded good ? Optional.of(good.result()) : Optional.empty(),
                failure(status),
                did(status));
    }

    RestoreState heard(RestoreProgress moved) {
        return isOver()
                ? this
                : new RestoreState(
                        id, target, state, since, at, attempt, worker, step, Optional.of(moved), result, failure, did);
    }

    /** Nothing will change any more. */
    @JsonIgnore
    public boolean isOver() {
        return List.of("succeeded", "failed", "cancelled").contains(state);
    }

    private static Optional<String> worker(RestoreStatus status) {
        if (status instanceof RestoreStatus.Running running) {
            return Optional.of(running.worker());
        }
        return status instanceof RestoreStatus.Succeeded good ? Optional.of(good.worker()) : Optional.empty();
    }

    private static Optional<Failure> failure(RestoreStatus status) {
        if (status instanceof RestoreStatus.Failed failed) {
            return Optional.of(failed.failure());
        }
        return status instanceof RestoreStatus.Queued queued ? queued.lastFailure() : Optional.empty();
    }

    private static List<String> did(RestoreStatus status) {
        if (status instanceof RestoreStatus.Succeeded good) {
            return good.result().did();
        } else if (status instanceof RestoreStatus.Failed failed) {
            return failed.did();
        }
        return status instanceof RestoreStatus.Cancelled cancelled ? cancelled.did() : List.of();
    }

    /** In one line. */
    String words() {
        return state
                + step.map(now -> ": " + now.name().toLowerCase(Locale.ROOT)).orElse("")
                + failure.map(why -> ": " + why.message()).orElse("");
    }
}
