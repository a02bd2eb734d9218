package io.nightshift.nats;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Thrown by a handler: deliver the message again after a delay that the handler knows better than the channel's backoff. */
public class RetryLaterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration delay;

    public RetryLaterException(Duration delay, String reason, @Nullable Throwable cause) {
        super(reason, cause);
        this.delay = delay;
    }

    public Duration delay() {
        return delay;
    }
}
