package io.nightshift.process;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.nightshift.process.Stop.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Ends a program that runs: signal, grace, KILL. */
final class Ending {

    private static final Logger LOG = Logger.getLogger(Ending.class);

    /** A process killed goes within this, or it hangs in the kernel, as after a panic of ZFS, and only a reboot helps. */
    private static final Duration AFTER_KILL = Duration.ofSeconds(10);

    private Ending() {}

    /**
     * Returns when the program is gone. Interruptions are ignored meanwhile, but kept in the thread's flag.
     *
     * @return false if not even KILL ended it
     */
    static boolean end(Process process, Stop stop) {
        // Before the signal: once the program is gone, its children are nobody's.
        List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
        signal(process, stop.signal());
        boolean gone = awaitUninterruptibly(process, stop.grace());
        if (!gone) {
            process.descendants().forEach(family::add);
            process.toHandle().destroyForcibly();
        }
        family.forEach(ProcessHandle::destroyForcibly);
        return gone || awaitUninterruptibly(process, AFTER_KILL);
    }

    private static void signal(Process process, Signal signal) {
        switch (signal) {
            case TERM -> terminate(process);
            case INT -> interrupt(process);
        }
    }

    /** Not by {@link Process#destroy()}: it also closes the outputs, and the last words would be lost. */
    private static void terminate(Process process) {
        process.toHandle().destroy();
    }

    /** Java has no way to send SIGINT, but every POSIX shell has. */
    private static void interrupt(Process process) {
        if (!process.isAlive()) {
            return;
        }
        String pid = Long.toString(process.pid());
        try {
            var kill = new ProcessBuilder("/bin/sh", "-c", "kill -s INT \"$1\"", "sh", pid);
            kill.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
            awaitUninterruptibly(kill.start(), AFTER_KILL);
        } catch (IOException e) {
            LOG.warnf("SIGINT not sent to pid=%s, SIGTERM instead: %s", pid, e.getMessage());
            terminate(process);
        }
    }

    private static boolean awaitUninterruptibly(Process process, Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor(deadline - System.nanoTime(), NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
