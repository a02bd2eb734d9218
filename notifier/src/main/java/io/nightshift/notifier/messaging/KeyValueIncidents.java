package io.nightshift.notifier.messaging;

import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueEntry;
import io.nightshift.contract.MalformedMessageException;
import io.nightshift.contract.Wire;
import io.nightshift.nats.NatsClient;
import io.nightshift.nats.NatsException;
import io.nightshift.notifier.Incident;
import io.nightshift.notifier.IncidentStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Incidents in the bucket {@value #BUCKET}, by key; each change is made to the revision that was read. */
public final class KeyValueIncidents implements IncidentStore {
    static final String BUCKET = "backup_incidents";

    private static final Logger LOG = Logger.getLogger(KeyValueIncidents.class);
    /** Source: nats-server, server/errors.json, JSStreamWrongLastSequenceErrF. */
    private static final int WRONG_REVISION = 10071;

    private static final int MAX_TRIES = 20;

    private final NatsClient nats;

    public KeyValueIncidents(NatsClient nats) {
        this.nats = nats;
    }

    /** @throws NatsException if NATS does not answer, or others change the incident all the while */
    @Override
    public Optional<Incident> change(String key, UnaryOperator<Optional<Incident>> change) {
        try {
            var bucket = nats.keyValue(BUCKET);
            for (int i = 0; i < MAX_TRIES; i++) {
                var entry = bucket.get(key);
                var before = incident(entry);
                var after = change.apply(before);
                if (after.equals(before) || after.isEmpty() || written(bucket, key, entry, after.get())) {
                    return after;
                }
            }
            throw new NatsException("incident " + key + " is changed by others all the while", null);
        } catch (IOException | JetStreamApiException e) {
            throw new NatsException("incident " + key + " not kept: " + e.getMessage(), e);
        }
    }

    private static boolean written(KeyValue bucket, String key, @Nullable KeyValueEntry entry, Incident incident)
            throws IOException, JetStreamApiException {
        try {
            bucket.update(key, Wire.write(incident), entry == null ? 0 : entry.getRevision());
            return true;
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == WRONG_REVISION) {
                return false;
            }
            throw e;
        }
    }

    private static Optional<Incident> incident(@Nullable KeyValueEntry entry) {
        return entry == null || entry.getValue() == null ? Optional.empty() : read(entry.getKey(), entry.getValue());
    }

    @Override
    public List<Incident> all() {
        return nats.lastPerSubject("KV_" + BUCKET, "$KV." + BUCKET + ".>").stream()
                .filter(value -> value.body().length > 0)
                .flatMap(value -> read(value.subject(), value.body()).stream())
                .toList();
    }

    /** One that cannot be read, written by another version perhaps, begins anew at its next event. */
    private static Optional<Incident> read(String key, byte[] body) {
        try {
            return Optional.of(Wire.read(body, Incident.class));
        } catch (MalformedMessageException e) {
            LOG.warnf("incident ignored: key=%s: %s", key, e.getMessage());
            return Optional.empty();
        }
    }
}
