package io.nightshift.worker;

import io.nightshift.contract.event.Failure;
import java.util.Optional;

/** The thread that runs a job, and why it was interrupted, if it was. Nobody is interrupted after the end. */
public final class Run {
    private final Thread thread = Thread.currentThread();
    private boolean begun;
    private boolean ended;
    private Optional<Failure> interruption = Optional.empty();

    public synchronized void interrupt(Failure why) {
        if (!ended && interruption.isEmpty()) {
            interruption = Optional.of(why);
            thread.interrupt();
        }
    }

    public synchronized Optional<Failure> interruption() {
        return interruption;
    }

    /** The lease is held, and the attempt is counted. */
    void hasBegun() {
        begun = true;
    }

    /** Only for its own thread. */
    boolean begun() {
        return begun;
    }

    synchronized boolean ended() {
        return ended;
    }

    /** Called by the thread itself; an interruption that came too late is forgotten. */
    synchronized void end() {
        ended = true;
        if (interruption.isPresent()) {
            Thread.interrupted();
        }
    }
}
