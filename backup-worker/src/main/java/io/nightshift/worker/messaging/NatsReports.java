package io.nightshift.worker.messaging;

import io.nightshift.contract.Wire;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.Progress;
import io.nightshift.nats.NatsClient;
import io.nightshift.worker.Reports;
import io.nightshift.worker.WorkerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.jboss.logging.Logger;

/** States go into their stream, progress to whoever listens. */
@ApplicationScoped
class NatsReports implements Reports {
    private static final Logger LOG = Logger.getLogger(NatsReports.class);

    private final NatsClient nats;
    private final String source;

    NatsReports(NatsClient nats, WorkerConfig config) {
        this.nats = nats;
        this.source = "/nightshift/backup-worker/" + config.worker().host();
    }

    @Override
    public void status(JobStatus status) {
        var event = status.cloudEvent(source);
        nats.publish(status.subject(), Wire.write(status), event.id(), event.headers());
    }

    @Override
    public void progress(Progress progress) {
        try {
            nats.publishCore(progress.subject(), Wire.write(progress), Map.of("content-type", "application/json"));
        } catch (RuntimeException e) {
            LOG.debugf("progress not sent: job=%s why=%s", progress.job(), e.getMessage());
        }
    }
}
