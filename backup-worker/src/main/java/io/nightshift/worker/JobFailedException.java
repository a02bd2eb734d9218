package io.nightshift.worker;

import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;

/** A job cannot be done, now or at all: its cause says which. */
public class JobFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    public JobFailedException(Failure failure) {
        super(failure.message());
        this.failure = failure;
    }

    /** @param original what came first, where the failure says what it means for the job */
    public JobFailedException(Failure failure, Throwable original) {
        super(failure.message(), original);
        this.failure = failure;
    }

    public JobFailedException(Cause cause, String message, String advice) {
        this(Failure.of(cause, message, advice));
    }

    public Failure failure() {
        return failure;
    }
}
