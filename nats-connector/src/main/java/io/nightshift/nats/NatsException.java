package io.nightshift.nats;

import org.jspecify.annotations.Nullable;

/** NATS did not do what was asked; the message says what, which and why. Trying again later may help. */
public class NatsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NatsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
