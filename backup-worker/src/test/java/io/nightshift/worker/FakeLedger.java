package io.nightshift.worker;

import io.nightshift.contract.JobId;
import io.nightshift.contract.Target;
import io.nightshift.contract.event.JobStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** In memory. */
final class FakeLedger implements Ledger {
    boolean away;
    final Map<JobId, JobStatus> ends = new HashMap<>();
    final Map<JobId, Attempts> attempts = new HashMap<>();
    final Map<Target, RepositoryRecord> repositories = new HashMap<>();

    @Override
    public Optional<JobStatus> end(JobId job) {
        return Optional.ofNullable(ends.get(job));
    }

    @Override
    public JobStatus decide(JobStatus end) {
        ends.putIfAbsent(end.job(), end);
        return ends.get(end.job());
    }

    @Override
    public Attempts attempts(JobId job, UnaryOperator<Attempts> change) {
        attempts.put(job, change.apply(attempts.getOrDefault(job, Attempts.NONE)));
        return attempts.get(job);
    }

    @Override
    public Optional<RepositoryRecord> repository(Target target) {
        if (away) {
            throw new IllegalStateException("NATS is away");
        }
        return Optional.ofNullable(repositories.get(target));
    }

    @Override
    public void keepRepository(Target target, RepositoryRecord record) {
        repositories.put(target, record);
    }
}
