package io.nightshift.worker.lease;

import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueEntry;
import io.nightshift.contract.Buckets;
import io.nightshift.contract.JobId;
import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.nats.NatsClient;
import io.nightshift.nats.NatsException;
import io.nightshift.worker.Attempts;
import io.nightshift.worker.Ledger;
import io.nightshift.worker.RepositoryRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** In the buckets {@code backup_results}, {@code backup_attempts} and {@code backup_repositories}. */
@ApplicationScoped
class KvLedger implements Ledger {
    /** Source: nats-server, JSStreamWrongLastSequenceErr: the key exists, or has another revision. */
    private static final int WRONG_REVISION = 10071;

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
    public Attempts attempts(JobId job, UnaryOperator<Attempts> change) {
        var key = job.key();
        var first = change.apply(Attempts.NONE); // as a rule it is the first, and need not be looked up
        while (!create(Buckets.ATTEMPTS, key, first)) {
            var known = entry(Buckets.ATTEMPTS, key);
            if (known.isPresent()) {
                var next = change.apply(Wire.read(known.get().getValue(), Attempts.class));
                if (update(Buckets.ATTEMPTS, key, next, known.get().getRevision())) {
                    return next;
                }
            }
        }
        return first;
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
        return entry(bucket, key).map(entry -> Wire.read(entry.getValue(), type));
    }

    private Optional<KeyValueEntry> entry(String bucket, String key) {
        try {
            return Optional.ofNullable(nats.keyValue(bucket).get(key));
        } catch (IOException | JetStreamApiException e) {
            throw new NatsException(key + " not read from bucket " + bucket + ": " + e.getMessage(), e);
        }
    }

    private boolean create(String bucket, String key, Object value) {
        return first(bucket, key, keys -> keys.create(key, Wire.write(value)));
    }

    private boolean update(String bucket, String key, Object value, long revision) {
        return first(bucket, key, keys -> keys.update(key, Wire.write(value), revision));
    }

    private interface Change {
        long in(KeyValue bucket) throws IOException, JetStreamApiException;
    }

    /** @return false if somebody else was quicker */
    private boolean first(String bucket, String key, Change change) {
        try {
            change.in(nats.keyValue(bucket));
            return true;
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == WRONG_REVISION) {
                return false;
            }
            throw new NatsException(key + " not written to bucket " + bucket + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new NatsException(key + " not written to bucket " + bucket + ": " + e.getMessage(), e);
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
