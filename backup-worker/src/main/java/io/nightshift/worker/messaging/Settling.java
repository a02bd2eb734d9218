package io.nightshift.worker.messaging;

import io.nightshift.contract.MalformedMessageException;
import io.nightshift.nats.NackDecision;
import io.nightshift.worker.RetryLater;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/** What becomes of a message once its work has been done, put off, or not been understood. */
final class Settling {
    private Settling() {}

    /**
     * Work that is tried again is no failure of its handler: that would be logged as one, with a stack trace.
     *
     * @param work empty: it has ended
     */
    static CompletionStage<Void> settle(Message<byte[]> message, Supplier<Optional<RetryLater>> work) {
        try {
            return work.get()
                    .map(retry -> nack(message, retry.reason(), NackDecision.retryAfter(retry.delay())))
                    .orElseGet(message::ack);
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
}
