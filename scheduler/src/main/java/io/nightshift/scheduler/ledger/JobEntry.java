package io.nightshift.scheduler.ledger;

import io.nightshift.contract.JobId;
import io.nightshift.contract.Target;
import io.nightshift.contract.event.Job;
import java.time.Instant;
import java.util.Optional;

/**
 * A job that was planned.
 *
 * @param releasedAt when it was handed to the workers
 * @param end its final state, as in {@code JobStatus.state()}
 */
public record JobEntry(Job job, Optional<Instant> releasedAt, Optional<String> end) {
    public JobEntry {
        releasedAt = releasedAt == null ? Optional.empty() : releasedAt;
        end = end == null ? Optional.empty() : end;
    }

    public static JobEntry planned(Job job) {
        return new JobEntry(job, Optional.empty(), Optional.empty());
    }

    public JobEntry released(Instant at) {
        return new JobEntry(job, Optional.of(at), end);
    }

    public JobEntry ended(String state) {
        return new JobEntry(job, releasedAt, Optional.of(state));
    }

    public JobId id() {
        return job.id();
    }

    public Target target() {
        return job.id().target();
    }

    public boolean isWaiting() {
        return releasedAt.isEmpty() && end.isEmpty();
    }

    public boolean isOut() {
        return releasedAt.isPresent() && end.isEmpty();
    }
}
