package io.nightshift.nats;

import org.jspecify.annotations.Nullable;

/** Thrown by a handler: no retry can help, the message goes to the dead letters at once. */
public class DeadLetterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DeadLetterException(String reason) {
        super(reason);
    }

    public DeadLetterException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
