package io.nightshift.worker.messaging;

import io.nightshift.contract.MalformedMessageException;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.Job;
import io.nightshift.nats.NatsClient;
import io.nightshift.nats.NatsMessageMetadata;
import io.nightshift.telemetry.log.JobLine;
import io.nightshift.worker.RunJob;
import io.nightshift.worker.Runs;
import io.nightshift.worker.WorkerConfig;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** One job at a time for each puller. A job may come twice: {@link RunJob} sees what is done already. */
@ApplicationScoped
class Jobs {
    private final RunJob runJob;

    Jobs(RunJob runJob, Runs runs, NatsClient nats, WorkerConfig config) {
        this.runJob = runJob;
        nats.onStopping(() -> runs.stop(config.worker().stopGrace()));
    }

    @Incoming("jobs")
    @Blocking(ordered = false)
    CompletionStage<Void> run(Message<byte[]> message) {
        var metadata = message.getMetadata(NatsMessageMetadata.class).orElseThrow();
        try (var line = new JobLine()) {
            return Settling.settle(message, () -> {
                var job = read(message.getPayload(), metadata.subject());
                line.about(job.id());
                return runJob.run(job);
            });
        }
    }

    private static Job read(byte[] body, String subject) {
        var job = Wire.read(body, Job.class);
        if (!job.subject().equals(subject)) {
            throw new MalformedMessageException(
                    "job " + job.id() + " came on the subject of another: " + subject, null);
        }
        return job;
    }
}
