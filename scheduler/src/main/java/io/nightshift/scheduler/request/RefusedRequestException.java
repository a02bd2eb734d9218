package io.nightshift.scheduler.request;

/** A request that names what the fleet file does not have; the message says what it has. */
public class RefusedRequestException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public RefusedRequestException(String message) {
        super(message);
    }
}
