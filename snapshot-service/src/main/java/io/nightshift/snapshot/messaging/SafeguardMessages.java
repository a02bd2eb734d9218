package io.nightshift.snapshot.messaging;

import io.nightshift.contract.MalformedMessageException;
import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.Safeguard;
import io.nightshift.contract.event.SafeguardAnswer;
import io.nightshift.nats.NatsClient;
import io.nightshift.nats.NatsMessageMetadata;
import io.nightshift.snapshot.SafeguardName;
import io.nightshift.snapshot.Safeguards;
import io.nightshift.snapshot.ServedHost;
import io.nightshift.snapshot.SnapshotException;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** What workers ask before a restore in place. They say of which service; what its paths are, the fleet file says. */
@ApplicationScoped
class SafeguardMessages {
    private static final Logger LOG = Logger.getLogger(SafeguardMessages.class);

    private final Safeguards safeguards;
    private final ServedHost served;
    private final NatsClient nats;

    SafeguardMessages(Safeguards safeguards, ServedHost served, NatsClient nats) {
        this.safeguards = safeguards;
        this.served = served;
        this.nats = nats;
    }

    /** Without a reply subject it is no question. */
    @Incoming("snapshot-safeguard")
    @Blocking
    void take(byte[] body, NatsMessageMetadata message) throws InterruptedException {
        if (message.replyTo().isPresent()) {
            var answer = answer(body, message.subject().split("\\.", -1));
            nats.publishCore(message.replyTo().get(), Wire.write(answer), Map.of("content-type", "application/json"));
        }
    }

    private SafeguardAnswer answer(byte[] body, String[] tokens) throws InterruptedException {
        try {
            var question = Wire.read(body, Safeguard.class);
            var target = new Target(tokens[2], tokens[3], tokens[4]);
            var service = served.host().services().get(target.service());
            if (service == null) {
                return failed(
                        Cause.CONFIGURATION,
                        "the fleet file of the snapshot-service does not know service " + target.service(),
                        "deploy the same fleet file everywhere, and restart the snapshot-service");
            }
            var paths = service.paths().stream().map(Path::of).toList();
            return safeguards.take(SafeguardName.of(target, question.restore()), paths, question.dryRun());
        } catch (SnapshotException e) {
            LOG.warnf(
                    "not taken before a restore subject=%s: %s; %s", String.join(".", tokens), e.reason(), e.advice());
            return failed(Cause.SNAPSHOT_FAILED, e.reason(), e.advice());
        } catch (MalformedMessageException | IllegalArgumentException e) {
            return failed(Cause.CONFIGURATION, String.valueOf(e.getMessage()), "see the contract of backup.safeguard");
        } catch (RuntimeException e) {
            LOG.errorf(e, "not taken before a restore subject=%s", String.join(".", tokens));
            return failed(Cause.SNAPSHOT_FAILED, "unexpected: " + e, "see the log of the snapshot-service");
        }
    }

    private static SafeguardAnswer failed(Cause cause, String message, String advice) {
        return new SafeguardAnswer.Failed(Failure.of(cause, message, advice));
    }
}
