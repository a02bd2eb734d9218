package io.nightshift.worker;

import java.util.Optional;

/**
 * How often a job was tried, kept where it outlives workers and the queue's own count of deliveries, which also counts
 * stops, outages of NATS and second deliveries.
 *
 * @param begun deliveries that got as far as an attempt; numbers the events of the job
 * @param failures attempts that failed cleanly, with a cause that may pass: the pause grows with them
 * @param crashes attempts whose worker died
 * @param runningIn the worker process that has begun and not yet said how it went
 */
public record Attempts(int begun, int failures, int crashes, Optional<String> runningIn) {
    public static final Attempts NONE = new Attempts(0, 0, 0, Optional.empty());

    // An absent field arrives as null from JSON, whatever the annotations say.
    @SuppressWarnings({"OptionalAssignedToNull", "OptionalUsedAsFieldOrParameterType"})
    public Attempts {
        runningIn = runningIn == null ? Optional.empty() : runningIn;
    }

    /**
     * Under the lease of the repository, where only one can run: whoever else is still said to run has died. Not so this
     * process itself, which could not tell NATS how it went.
     */
    Attempts begin(String process) {
        boolean crashed = runningIn.filter(other -> !other.equals(process)).isPresent();
        return new Attempts(begun + 1, failures, crashes + (crashed ? 1 : 0), Optional.of(process));
    }

    /** A stop costs nothing; neither is it a failure, nor a crash. */
    Attempts stopped(String process) {
        return left(process, 0);
    }

    Attempts failed(String process) {
        return left(process, 1);
    }

    /** Of a delivery that never came to the lease: another may be running all the while. */
    Attempts missed(boolean failed) {
        return new Attempts(begun + 1, failures + (failed ? 1 : 0), crashes, runningIn);
    }

    private Attempts left(String process, int more) {
        return new Attempts(begun, failures + more, crashes, runningIn.filter(other -> !other.equals(process)));
    }
}
