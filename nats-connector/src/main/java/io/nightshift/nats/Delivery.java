package io.nightshift.nats;

import io.nats.client.Message;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;

/**
 * One message in the hands of the application, from the pull to the server's confirmation. The stages that it hands out never
 * fail: a failure there would end the whole channel.
 */
final class Delivery {
    private static final Logger LOG = Logger.getLogger(Delivery.class);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Message message;
    private final NatsMessageMetadata metadata;
    private final FailurePolicy policy;
    private final CompletableFuture<Optional<NackDecision>> verdict = new CompletableFuture<>();
    private final CompletableFuture<Void> settled = new CompletableFuture<>();

    Delivery(Message message, NatsMessageMetadata metadata, FailurePolicy policy) {
        this.message = message;
        this.metadata = metadata;
        this.policy = policy;
    }

    org.eclipse.microprofile.reactive.messaging.Message<byte[]> toMessage() {
        byte[] body = message.getData() == null ? new byte[0] : message.getData();
        return org.eclipse.microprofile.reactive.messaging.Message.of(
                body, Metadata.of(metadata), ignored -> ack(), this::nack);
    }

    private CompletionStage<Void> ack() {
        verdict.complete(Optional.empty());
        return settled;
    }

    private CompletionStage<Void> nack(Throwable failure, Metadata given) {
        NackDecision decision = policy.decide(failure, given, metadata.delivered());
        if (verdict.complete(Optional.of(decision))) {
            LOG.debugf(
                    failure, "handler failed: subject=%s sequence=%d", metadata.subject(), metadata.streamSequence());
            if (decision instanceof NackDecision.RetryAfter) { // who buries it, says so
                LOG.warnf(
                        "handler failed: subject=%s sequence=%d delivered=%d then=%s: %s",
                        metadata.subject(), metadata.streamSequence(), metadata.delivered(), decision, failure);
            }
        }
        return settled;
    }

    /** Waits for the handler, then has the server told; what came before does not wait for a handler that takes its time. */
    void settle(Source source) throws InterruptedException {
        try {
            if (!isDecidedSoon()) {
                source.settle();
            }
            Optional<NackDecision> decision = verdict.join();
            if (decision.isPresent()) {
                source.failed(message, decision.get());
            } else {
                source.succeeded(message);
            }
        } finally {
            settled.complete(null);
        }
    }

    private boolean isDecidedSoon() throws InterruptedException {
        try {
            verdict.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // no verdict is an exception
        }
    }
}
