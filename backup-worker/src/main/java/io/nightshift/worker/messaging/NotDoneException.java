package io.nightshift.worker.messaging;

/** Tells the connector why, in its log; it has no stack, for nothing is wrong with the code. */
final class NotDoneException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotDoneException(String reason) {
        super(reason, null, false, false);
    }
}
