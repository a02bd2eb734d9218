package io.nightshift.process;

import java.util.function.Consumer;

/** Runs programs. Implementations may be used by many threads at once. */
public interface ProgramRunner {

    /**
     * Runs to the end. A non-zero code is a normal return.
     *
     * <p>Each consumer is called on one thread, in order, line by line without the line end; the two may be called at the
     * same time, neither after the return. What a consumer throws is rethrown when the program has ended; it gets no
     * further line, and the program is not held up. A consumer that blocks does hold the program up.
     *
     * <p>To cancel, interrupt the calling thread: the program is stopped as {@link Command#stop()} says and the exception
     * thrown once it is gone.
     *
     * @throws ProgramException if the program could not start, or passed its timeout and was stopped
     * @throws InterruptedException if the caller was interrupted; the program has ended
     */
    Exit run(Command command, Consumer<String> stdoutLine, Consumer<String> stderrLine) throws InterruptedException;

    /** {@link #run(Command, Consumer, Consumer)} for those to whom the tail of standard error is enough. */
    default Exit run(Command command, Consumer<String> stdoutLine) throws InterruptedException {
        return run(command, stdoutLine, line -> {});
    }
}
