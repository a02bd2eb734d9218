package io.nightshift.worker.messaging;

import io.nightshift.contract.Subjects;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Safeguard;
import io.nightshift.contract.event.SafeguardAnswer;
import io.nightshift.nats.NatsClient;
import io.nightshift.nats.NobodyListensException;
import io.nightshift.worker.JobFailedException;
import io.nightshift.worker.restore.Restore;
import io.nightshift.worker.restore.RestoreConfig;
import io.nightshift.worker.restore.Safeguards;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Asks the snapshot-service of the host. */
@ApplicationScoped
class NatsSafeguards implements Safeguards {
    private final NatsClient nats;
    private final Duration limit;

    NatsSafeguards(NatsClient nats, RestoreConfig config) {
        this.nats = nats;
        this.limit = config.zfsSnapshotTimeout();
    }

    @Override
    public SafeguardAnswer.Taken take(Restore restore, boolean dryRun) {
        var answer = ask(restore, new Safeguard(restore.id(), dryRun));
        if (answer instanceof SafeguardAnswer.Taken taken) {
            return taken;
        } else if (answer instanceof SafeguardAnswer.Failed failed) {
            var failure = failed.failure();
            throw new JobFailedException(failure.cause(), failure.message(), failure.advice());
        }
        throw new IllegalStateException("unhandled: " + answer);
    }

    private SafeguardAnswer ask(Restore restore, Safeguard question) {
        var host = restore.target().host();
        try {
            return nats.request(Subjects.safeguard(restore.target()), Wire.write(question), limit)
                    .map(body -> Wire.read(body, SafeguardAnswer.class))
                    .orElseThrow(() -> none("the snapshot-service of " + host + " did not answer within " + limit));
        } catch (NobodyListensException e) {
            throw none("no snapshot-service of " + host + " is there");
        }
    }

    private static JobFailedException none(String why) {
        return new JobFailedException(
                Cause.SNAPSHOT_FAILED, why, "start it, or see its log; nightshift doctor says what is wrong");
    }
}
