package io.nightshift.nats;

import java.time.Duration;

/**
 * What becomes of a message that is not acknowledged; given as metadata of {@code Message.nack(cause, Metadata.of(decision))}.
 * Without one, the message is retried by the channel's backoff until {@code max-deliver}.
 */
public sealed interface NackDecision {
    /** Delivered again after the delay, however often that has happened. */
    record RetryAfter(Duration delay) implements NackDecision {
        public RetryAfter {
            if (delay.isNegative()) {
                throw new IllegalArgumentException("a delay cannot be negative: " + delay);
            }
        }
    }

    /** Published to the channel's dead letter subject, then removed. */
    record DeadLetter(String reason) implements NackDecision {}

    static NackDecision retryAfter(Duration delay) {
        return new RetryAfter(delay);
    }

    static NackDecision deadLetter(String reason) {
        return new DeadLetter(reason);
    }

    /** Delivered again at once, to whoever asks first. */
    static NackDecision requeue() {
        return new RetryAfter(Duration.ZERO);
    }
}
