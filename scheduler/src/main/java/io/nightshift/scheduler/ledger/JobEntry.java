package io.nightshift.scheduler.ledger;

import io.nightshift.contract.JobId;
import io.nightshift.contract.Target;
import io.nightshift.contract.event.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A job that was planned.
 *
 * @param releasedAt when it was handed to the workers
 * @param heardAt when a worker last said something of it
 * @param end its final state, as in {@code JobStatus.state()}
 */
public record JobEntry(Job job, Optional<Instant> releasedAt, Optional<Instant> heardAt, Optional<String> end) {
    /** A worker stops its run at the limit; what is silent for longer than that and this has no worker any more. */
    private static final Duration GRACE = Duration.ofHours(1);

    public JobEntry {
        releasedAt = releasedAt == null ? Optional.empty() : releasedAt;
        heardAt = heardAt == null ? Optional.empty() : heardAt;
        end = end == null ? Optional.empty() : end;
    }

    public static JobEntry planned(Job job) {
        return new JobEntry(job, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public JobEntry released(Instant at) {
        return new JobEntry(job, Optional.of(at), heardAt, end);
    }

    /** A worker has it, or had it. */
    public JobEntry heard(Instant at) {
        return new JobEntry(
                job, releasedAt, Optional.of(heardAt.filter(at::isBefore).orElse(at)), end);
    }

    public JobEntry ended(String state) {
        return new JobEntry(job, releasedAt, heardAt, Optional.of(state));
    }

    /** Of two notes of the same job, whichever came first: what is in either. */
    public JobEntry and(JobEntry other) {
        return new JobEntry(
                job,
                releasedAt.or(other::releasedAt),
                Stream.of(heardAt, other.heardAt).flatMap(Optional::stream).max(Comparator.naturalOrder()),
                end.or(other::end));
    }

    public JobId id() {
        return job.id();
    }

    public Target target() {
        return job.id().target();
    }

    public boolean isOpen() {
        return end.isEmpty();
    }

    public boolean isWaiting() {
        return releasedAt.isEmpty() && end.isEmpty();
    }

    public boolean isOut() {
        return releasedAt.isPresent() && end.isEmpty();
    }

    /** Whether a worker is at it, as far as anybody can tell. */
    public boolean isInHand(Instant now) {
        var silence = job.limits().timeout().plus(GRACE);
        return isOut() && heardAt.filter(at -> at.plus(silence).isAfter(now)).isPresent();
    }
}
