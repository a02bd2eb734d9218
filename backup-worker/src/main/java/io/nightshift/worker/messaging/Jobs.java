package io.nightshift.worker.messaging;

import io.nightshift.contract.MalformedMessageException;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.Job;
import io.nightshift.nats.DeadLetterException;
import io.nightshift.nats.NatsClient;
import io.nightshift.nats.NatsMessageMetadata;
import io.nightshift.nats.RetryLaterException;
import io.nightshift.worker.RunJob;
import io.nightshift.worker.Runs;
import io.nightshift.worker.WorkerConfig;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;

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
    void run(byte[] body, NatsMessageMetadata message) {
        var job = read(body, message.subject());
        runJob.run(job, (int) message.delivered()).ifPresent(retry -> {
            throw new RetryLaterException(retry.delay(), retry.reason(), null);
        });
    }

    private static Job read(byte[] body, String subject) {
        try {
            var job = Wire.read(body, Job.class);
            if (!job.subject().equals(subject)) {
                throw new DeadLetterException("job " + job.id() + " came on the subject of another: " + subject);
            }
            return job;
        } catch (MalformedMessageException e) {
            throw new DeadLetterException(String.valueOf(e.getMessage()), e);
        }
    }
}
