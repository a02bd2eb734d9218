package io.nightshift.scheduler.ask;

import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;

/** A worker has looked, and says why it cannot tell. */
public class AnswerFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Cause reason;

    AnswerFailedException(Failure failure) {
        super(failure.advice().isEmpty() ? failure.message() : failure.message() + "; " + failure.advice());
        this.reason = failure.cause();
    }

    public Cause reason() {
        return reason;
    }
}
