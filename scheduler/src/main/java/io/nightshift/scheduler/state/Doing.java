package io.nightshift.scheduler.state;

import io.nightshift.contract.JobId;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.Progress;
import java.time.Instant;
import java.util.Optional;

/**
 * A job that has not ended, as it is shown.
 *
 * @param state queued or running
 * @param since of one that runs, its start; of one that waits, when it is due
 * @param lastFailure why it waits for another try
 */
public record Doing(
        JobId job,
        String work,
        String state,
        Instant since,
        int attempt,
        Optional<String> worker,
        Optional<Progress> progress,
        Optional<Failure> lastFailure) {

    public static Doing of(Activity activity) {
        var worker = activity.status() instanceof JobStatus.Running running
                ? Optional.of(running.worker())
                : Optional.<String>empty();
        return new Doing(
                activity.job(),
                activity.job().work().word(),
                activity.status().state(),
                activity.since(),
                activity.status().attempt(),
                worker,
                activity.progress(),
                activity.status().problem());
    }
}
