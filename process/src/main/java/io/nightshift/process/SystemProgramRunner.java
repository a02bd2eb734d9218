package io.nightshift.process;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.nightshift.process.ProgramException.Problem;
import java.time.Duration;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Runs programs of this machine. Stateless, so safe for many threads; two threads of its own for each running program. */
public final class SystemProgramRunner implements ProgramRunner {

    private static final Logger LOG = Logger.getLogger(SystemProgramRunner.class);

    @Override
    public Exit run(Command command, Consumer<String> stdoutLine, Consumer<String> stderrLine)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException(command.program() + " not started: interrupted before");
        }
        LOG.debugf("run %s", command);
        long start = System.nanoTime();
        Process process = Start.start(command);
        var tail = new Tail();
        var stdout = new Guarded(stdoutLine);
        var stderr = new Guarded(stderrLine);
        String name = command.program() + "-" + process.pid();
        Drain out = Drain.start(name + "-stdout", process.getInputStream(), stdout, command.longestLine());
        Drain err = Drain.start(
                name + "-stderr", process.getErrorStream(), tail.andThen(stderr), LineSplitter.LONGEST_LINE);
        boolean inTime = false;
        try {
            inTime = process.waitFor(command.timeout().toMillis(), MILLISECONDS);
        } finally {
            boolean gone = inTime || Ending.end(process, command.stop());
            out.await();
            err.await();
            if (!gone) {
                LOG.errorf(
                        "%s pid=%d cannot be killed: it hangs in the kernel, reboot", command.program(), process.pid());
            }
        }
        if (!inTime) {
            throw timedOut(command, tail);
        }
        stdout.rethrow();
        stderr.rethrow();
        return exit(command, process, tail, Duration.ofNanos(System.nanoTime() - start));
    }

    private static Exit exit(Command command, Process process, Tail tail, Duration took) {
        var exit = new Exit(process.exitValue(), tail.toString(), took);
        LOG.debugf("ended %s code=%d took=%s", command.program(), exit.code(), took);
        return exit;
    }

    private static ProgramException timedOut(Command command, Tail tail) {
        String said = tail.toString().strip();
        return new ProgramException(
                Problem.TIMED_OUT,
                command.program() + " stopped: not done within its time limit of " + command.timeout()
                        + (said.isEmpty() ? "" : "; its last words: " + said));
    }
}
