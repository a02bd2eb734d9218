package io.nightshift.worker.messaging;

import io.nightshift.contract.Wire;
import io.nightshift.contract.event.RestoreProgress;
import io.nightshift.contract.event.RestoreStatus;
import io.nightshift.nats.NatsClient;
import io.nightshift.worker.WorkerConfig;
import io.nightshift.worker.restore.RestoreReports;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.jboss.logging.Logger;

/** States of restores go into their stream, progress to whoever listens. */
@ApplicationScoped
class NatsRestoreReports implements RestoreReports {
    private static final Logger LOG = Logger.getLogger(NatsRestoreReports.class);

    private final NatsClient nats;
    private final String source;

    NatsRestoreReports(NatsClient nats, WorkerConfig config) {
        this.nats = nats;
        this.source = "/nightshift/backup-worker/" + config.worker().host();
    }

    @Override
    public void status(RestoreStatus status) {
        var event = status.cloudEvent(source);
        nats.publish(status.subject(), Wire.write(status), event.id(), event.headers());
    }

    @Override
    public void progress(RestoreProgress progress) {
        try {
            nats.publishCore(progress.subject(), Wire.write(progress), Map.of("content-type", "application/json"));
        } catch (RuntimeException e) {
            LOG.debugf("progress not sent: restore=%s why=%s", progress.restore(), e.getMessage());
        }
    }
}
