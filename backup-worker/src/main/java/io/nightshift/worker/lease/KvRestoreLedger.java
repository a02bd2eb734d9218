package io.nightshift.worker.lease;

import io.nats.client.JetStreamApiException;
import io.nightshift.contract.Buckets;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.RestoreStatus;
import io.nightshift.nats.NatsClient;
import io.nightshift.nats.NatsException;
import io.nightshift.worker.restore.Restore;
import io.nightshift.worker.restore.RestoreLedger;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** In the bucket {@code backup_restores}: the end of a restore, and marks beside it. */
@ApplicationScoped
class KvRestoreLedger implements RestoreLedger {
    private static final byte[] MARK = "yes".getBytes(StandardCharsets.UTF_8);

    private final NatsClient nats;

    KvRestoreLedger(NatsClient nats) {
        this.nats = nats;
    }

    @Override
    public Optional<RestoreStatus> end(Restore restore) {
        return get(restore.key()).map(body -> Wire.read(body, RestoreStatus.class));
    }

    @Override
    public void keepEnd(Restore restore, RestoreStatus end) {
        put(restore.key(), Wire.write(end));
    }

    @Override
    public boolean begun(Restore restore) {
        return get(restore.key() + ".begun").isPresent();
    }

    @Override
    public void keepBegun(Restore restore) {
        put(restore.key() + ".begun", MARK);
    }

    @Override
    public boolean cancelled(String key) {
        return get(key + ".cancelled").isPresent();
    }

    @Override
    public void keepCancelled(String key) {
        put(key + ".cancelled", MARK);
    }

    private Optional<byte[]> get(String key) {
        try {
            return Optional.ofNullable(nats.keyValue(Buckets.RESTORES).get(key)).map(entry -> entry.getValue());
        } catch (IOException | JetStreamApiException e) {
            throw new NatsException(key + " not read from bucket " + Buckets.RESTORES + ": " + e.getMessage(), e);
        }
    }

    private void put(String key, byte[] value) {
        try {
            nats.keyValue(Buckets.RESTORES).put(key, value);
        } catch (IOException | JetStreamApiException e) {
            throw new NatsException(key + " not written to bucket " + Buckets.RESTORES + ": " + e.getMessage(), e);
        }
    }
}
