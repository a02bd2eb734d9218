package io.nightshift.nats;

/** Nobody has subscribed to the subject of a request, so that no answer will come. */
public class NobodyListensException extends NatsException {
    private static final long serialVersionUID = 1;

    NobodyListensException(String subject, Throwable cause) {
        super("nobody listens on " + subject, cause);
    }
}
