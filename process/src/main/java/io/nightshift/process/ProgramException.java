package io.nightshift.process;

import org.jspecify.annotations.Nullable;

/** A program that could not be run to its end. The message says what, which, why and what to do. */
public final class ProgramException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why there is no {@link Exit}. */
    public enum Problem {
        /** There is no such program. */
        NOT_FOUND,
        /** It is there, but could not be started as asked. */
        NOT_STARTED,
        /** It took too long and was stopped. */
        TIMED_OUT
    }

    private final Problem problem;

    public ProgramException(Problem problem, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    public ProgramException(Problem problem, String message) {
        this(problem, message, null);
    }

    public Problem problem() {
        return problem;
    }
}
