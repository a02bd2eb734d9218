package io.nightshift.worker.messaging;

import io.nightshift.contract.MalformedMessageException;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.Job;
import io.nightshift.nats.NackDecision;
import io.nightshift.nats.NatsClient;
import io.nightshift.nats.NatsMessageMetadata;
import io.nightshift.worker.RunJob;
import io.nightshift.worker.Runs;
import io.nightshift.worker.WorkerConfig;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/** One job at a time for each puller. A job may come twice: {@link RunJob} sees what is done already. */
@ApplicationScoped
class Jobs {
    private final RunJob runJob;

    Jobs(RunJob runJob, Runs runs, NatsClient nats, WorkerConfig config) {
        this.runJob = runJob;
        nats.onStopping(() -> runs.stop(config.worker().stopGrace()));
    }

    /** A job that is tried again is no failure of this method: that would be logged as one, with a stack trace. */
    @Incoming("jobs")
    @Blocking(ordered = false)
    CompletionStage<Void> run(Message<byte[]> message) {
        var metadata = message.getMetadata(NatsMessageMetadata.class).orElseThrow();
        try {
            var job = read(message.getPayload(), metadata.subject());
            var retry = runJob.run(job);
            return retry.isPresent()
                    ? nack(
                            message,
                            retry.get().reason(),
                            NackDecision.retryAfter(retry.get().delay()))
                    : message.ack();
        } catch (MalformedMessageException e) {
            var reason = String.valueOf(e.getMessage());
            return nack(message, reason, NackDecision.deadLetter(reason));
        } catch (RuntimeException e) {
            return message.nack(e); // NATS is away, most likely: again by the channel's backoff
        }
    }

    private static CompletionStage<Void> nack(Message<byte[]> message, String reason, NackDecision decision) {
        return message.nack(new NotDoneException(reason), Metadata.of(decision));
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
