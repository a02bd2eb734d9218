package io.nightshift.process;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Reads one output of a program to its end, on a thread of its own, so that the program never waits for a full pipe. */
final class Drain implements Runnable {

    private static final Logger LOG = Logger.getLogger(Drain.class);

    /**
     * How long the output may stay silent after its program has ended. It ends with the program, unless a process that the program
     * left in the background has it too; that one is not waited for.
     */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private static final long BUSY = Long.MAX_VALUE;

    private final InputStream stream;
    private final Consumer<String> sink;
    private final int longestLine;
    private final Thread thread;
    private volatile boolean abandoned;
    /** Since when the thread waits for output, by {@link System#nanoTime()}; BUSY while it passes lines on. */
    private volatile long waitingSince = BUSY;

    private Drain(String name, InputStream stream, Consumer<String> sink, int longestLine) {
        this.stream = stream;
        this.sink = sink;
        this.longestLine = longestLine;
        thread = new Thread(this, name);
        thread.setDaemon(true);
    }

    static Drain start(String name, InputStream stream, Consumer<String> sink, int longestLine) {
        var drain = new Drain(name, stream, sink, longestLine);
        drain.thread.start();
        return drain;
    }

    @Override
    public void run() {
        var lines = new LineSplitter(this::pass, longestLine);
        var buffer = new byte[1 << 16];
        try (stream) {
            for (int n = read(buffer); n >= 0; n = read(buffer)) {
                lines.accept(buffer, n);
            }
        } catch (IOException e) {
            // The runtime closes the pipe under the reader when a killed program leaves it open: an end like any other.
            LOG.debugf("end of output thread=%s reason=%s", thread.getName(), e.getMessage());
        }
        lines.end();
    }

    /** Waits until all output is passed on. Call it when the program has ended. Not interruptible, and need not be: it ends soon. */
    void await() {
        long ended = System.nanoTime();
        boolean interrupted = false;
        while (thread.isAlive() && !silentSince(ended)) {
            try {
                thread.join(20);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        abandoned = true;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean silentSince(long ended) {
        long since = waitingSince;
        return since != BUSY && System.nanoTime() - Math.max(since, ended) > SILENCE.toNanos();
    }

    private int read(byte[] buffer) throws IOException {
        waitingSince = System.nanoTime();
        int n = stream.read(buffer);
        waitingSince = BUSY;
        return n;
    }

    private void pass(String line) {
        if (!abandoned) {
            sink.accept(line);
        }
    }
}
