package io.nightshift.worker.lease;

import io.nats.client.JetStreamApiException;
import io.nightshift.contract.Buckets;
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
    /** Source: nats-server, JSStreamWrongLastSequenceErr: the key exists. */
    private static final int EXISTS = 10071;

    private final NatsClient nats;

    KvLedger(NatsClient nats) {
        this.nats = nats;
    }

    @Override
    public Optional<JobStatus> end(JobId job) {
        return read(Buckets.RESULTS, job.key(), JobStatus.class);
    }

    @Override
    public JobStatus decide(JobStatus end) {
        while (!create(Buckets.RESULTS, end.job().key(), end)) {
            var known = end(end.job());
            if (known.isPresent()) {
                return known.get();
            } // else its life has ended between the two looks
        }
        return end;
    }

    @Override
    public Optional<RepositoryRecord> repository(Target target) {
        return read(Buckets.REPOSITORIES, target.tokens(), RepositoryRecord.class);
    }

    @Override
    public void keepRepository(Target target, RepositoryRecord record) {
        write(Buckets.REPOSITORIES, target.tokens(), record);
    }

    private <T> Optional<T> read(String bucket, String key, Class<T> type) {
        try {
            return Optional.ofNullable(nats.keyValue(bucket).get(key)).map(entry -> Wire.read(entry.getValue(), type));
        } catch (IOException | JetStreamApiException e) {
            throw new NatsException(key + " not read from bucket " + bucket + ": " + e.getMessage(), e);
        }
    }

    private boolean create(String bucket, String key, Object value) {
        try {
            nats.keyValue(bucket).create(key, Wire.write(value));
            return true;
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == EXISTS) {
                return false;
            }
            throw new NatsException(key + " not created in bucket " + bucket + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new NatsException(key + " not created in bucket " + bucket + ": " + e.getMessage(), e);
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
