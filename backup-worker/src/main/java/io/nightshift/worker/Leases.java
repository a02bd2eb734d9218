package io.nightshift.worker;

import io.nightshift.contract.Target;
import io.nightshift.contract.event.Failure;
import java.util.function.Consumer;

/** Exclusive rights over all workers, which end by themselves when their holder dies. */
public interface Leases {
    /** Waits for one of the destination's slots, for as long as it takes. */
    Lease slot(String destination, int slots, Consumer<Failure> lost) throws InterruptedException;

    /**
     * The right to run restic on a repository.
     *
     * @param lost called when the right can no longer be renewed: the run must end at once
     * @throws JobFailedException if somebody else has it for too long
     */
    Lease repository(Target target, Consumer<Failure> lost) throws InterruptedException;

    /**
     * The right to write restored files to a place of a host.
     *
     * @throws JobFailedException if another restore has it for too long
     */
    Lease place(String host, String place, Consumer<Failure> lost) throws InterruptedException;

    /** Renewed until it is closed. */
    interface Lease extends AutoCloseable {
        @Override
        void close();
    }
}
