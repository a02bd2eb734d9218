package io.nightshift.snapshot.messaging;

import io.nats.client.JetStreamApiException;
import io.nightshift.contract.CloudEvent;
import io.nightshift.contract.MalformedMessageException;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.Alert;
import io.nightshift.nats.NatsClient;
import io.nightshift.nats.NatsException;
import io.nightshift.snapshot.SnapshotConfig;
import io.nightshift.snapshot.coverage.AlertLedger;
import io.nightshift.snapshot.coverage.Raised;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Alerts go to the stream; which of them stand is in the bucket {@value #BUCKET}, under the name of the host. */
@ApplicationScoped
class NatsAlertLedger implements AlertLedger {
    static final String BUCKET = "backup_alerts";

    private static final Logger LOG = Logger.getLogger(NatsAlertLedger.class);

    private final NatsClient nats;
    private final String host;

    NatsAlertLedger(NatsClient nats, SnapshotConfig config) {
        this.nats = nats;
        this.host = config.snapshot().host();
    }

    @Override
    public Raised raised() {
        try {
            return Optional.ofNullable(nats.keyValue(BUCKET).get(host))
                    .map(entry -> read(entry.getValue()))
                    .orElseGet(Raised::nothing);
        } catch (IOException | JetStreamApiException e) {
            throw new NatsException(host + " not read from bucket " + BUCKET + ": " + e.getMessage(), e);
        }
    }

    /** Of another version perhaps: what stands is told once more. */
    private static Raised read(byte[] body) {
        try {
            return Wire.read(body, Raised.class);
        } catch (MalformedMessageException e) {
            LOG.warnf("forgotten which alerts stand: %s", e.getMessage());
            return Raised.nothing();
        }
    }

    @Override
    public void keep(Raised raised) {
        try {
            nats.keyValue(BUCKET).put(host, Wire.write(raised));
        } catch (IOException | JetStreamApiException e) {
            throw new NatsException(host + " not written to bucket " + BUCKET + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void publish(Alert alert) {
        CloudEvent event = alert.cloudEvent("/nightshift/snapshot-service/" + host);
        nats.publish(alert.subject(), Wire.write(alert), event.id(), event.headers());
    }
}
