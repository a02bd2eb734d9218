package io.nightshift.nats;

import java.util.Optional;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jspecify.annotations.Nullable;

/** What becomes of a message whose handler failed. */
record FailurePolicy(int maxDeliver, Backoff backoff) {
    private static final int MAX_CAUSES = 20;

    /** In this order: what the metadata says, what the exception says, the limit of deliveries, the backoff. */
    NackDecision decide(Throwable failure, @Nullable Metadata metadata, long delivered) {
        return byMetadata(metadata)
                .or(() -> byException(failure))
                .or(() -> byLimit(failure, delivered))
                .orElseGet(() -> NackDecision.retryAfter(backoff.after(delivered)));
    }

    private static Optional<NackDecision> byMetadata(@Nullable Metadata metadata) {
        if (metadata != null) {
            for (Object item : metadata) {
                if (item instanceof NackDecision decision) {
                    return Optional.of(decision);
                }
            }
        }
        return Optional.empty();
    }

    /** The framework wraps what a handler throws, so the causes are looked at too. */
    private static Optional<NackDecision> byException(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof DeadLetterException) {
                return Optional.of(NackDecision.deadLetter(describe(cause)));
            }
            if (cause instanceof RetryLaterException later) {
                return Optional.of(NackDecision.retryAfter(later.delay()));
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    private Optional<NackDecision> byLimit(Throwable failure, long delivered) {
        boolean exhausted = maxDeliver > 0 && delivered >= maxDeliver;
        return exhausted ? Optional.of(NackDecision.deadLetter(describe(failure))) : Optional.empty();
    }

    private static String describe(Throwable failure) {
        String message = failure.getMessage();
        if (failure instanceof DeadLetterException && message != null) {
            return message;
        }
        return message == null
                ? failure.getClass().getName()
                : failure.getClass().getName() + ": " + message;
    }
}
