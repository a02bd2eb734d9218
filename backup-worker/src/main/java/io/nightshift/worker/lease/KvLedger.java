package io.nightshift.worker.lease;

import io.nats.client.JetStreamApiException;
import io.nightshift.contract.JobId;
import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.nats.NatsClient;
import io.nightshift.nats.NatsException;
import io.nightshift.worker.Ledger;
import io.nightshift.worker.RepositoryRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;

/** In the buckets {@code backup_results} and {@code backup_repositories}. */
@ApplicationScoped
class KvLedger implements Ledger {
    private static final String RESULTS = "backup_results";
    private static final String REPOSITORIES = "backup_repositories";

    private final NatsClient nats;

    KvLedger(NatsClient nats) {
        this.nats = nats;
    }

    @Override
    public Optional<JobStatus> end(JobId job) {
        return read(RESULTS, job.toString(), JobStatus.class);
    }

    @Override
    public void keepEnd(JobStatus end) {
        write(RESULTS, end.job().toString(), end);
    }

    @Override
    public Optional<RepositoryRecord> repository(Target target) {
        return read(REPOSITORIES, target.toString(), RepositoryRecord.class);
    }

    @Override
    public void keepRepository(Target target, RepositoryRecord record) {
        write(REPOSITORIES, target.toString(), record);
    }

    private <T> Optional<T> read(String bucket, String key, Class<T> type) {
        try {
            return Optional.ofNullable(nats.keyValue(bucket).get(key)).map(entry -> Wire.read(entry.getValue(), type));
        } catch (IOException | JetStreamApiException e) {
            throw new NatsException(key + " not read from bucket " + bucket + ": " + e.getMessage(), e);
        }
    }

    private void write(String bucket, String key, Object value) {
        try {
            nats.keyValue(bucket).put(key, Wire.write(value));
        } catch (IOException | JetStreamApiException e) {
            throw new NatsException(key + " not written to bucket " + bucket + ": " + e.getMessage(), e);
        }
    }
}
