package io.nightshift.serve.bus;

import io.nightshift.process.Command;
import io.nightshift.process.ProgramException;
import io.nightshift.process.ProgramRunner;
import io.nightshift.process.Stop;
import java.nio.file.Path;
import java.time.Duration;
import org.jboss.logging.Logger;

/** The bus as a child of this process: started again whenever it ends, until it is stopped; it does not outlive us. */
public final class NatsServer {
    private static final Logger LOG = Logger.getLogger(NatsServer.class);
    private static final Duration FOR_EVER = Duration.ofDays(36500);
    private static final Duration STOP_GRACE = Duration.ofSeconds(15);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    /** One that ran for this long has started well: what ends it then is tried anew at once. */
    private static final Duration STABLE = Duration.ofMinutes(1);

    private final ProgramRunner runner;
    private final Command command;
    private final Duration firstPause;
    private final Thread thread = new Thread(this::run, "nats-server");
    private volatile boolean stopping;

    /**
     * @param program nats-server, by name or path
     * @param settings its settings file
     * @param firstPause before it is started again; twice as long each time that it does not live
     */
    public NatsServer(ProgramRunner runner, String program, Path settings, Duration firstPause) {
        this.runner = runner;
        this.firstPause = firstPause;
        // In a session of its own, for a Ctrl-C is meant for us: it goes last. Ended with this thread, should we be
        // killed:
        // an orphan would keep the port and the store from the next start. Its memory is bounded by the means of Go.
        this.command = Command.of("setsid", "setpriv", "--pdeathsig", "TERM", program, "-c", settings.toString())
                .withInherited("PATH")
                .withEnvironment("GOMEMLIMIT", "48MiB")
                .withEnvironment("GOGC", "50")
                .withTimeout(FOR_EVER)
                .withStop(Stop.TERMINATE.withGrace(STOP_GRACE));
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Returns when it has ended. */
    public void stop() throws InterruptedException {
        stopping = true;
        thread.interrupt();
        thread.join();
    }

    private void run() {
        var pause = firstPause;
        try {
            while (!stopping) {
                pause = runOnce() ? firstPause : shorter(pause.multipliedBy(2), LONGEST_PAUSE);
                Thread.sleep(pause.toMillis());
            }
        } catch (InterruptedException e) {
            LOG.debug("nats-server is stopped");
        }
    }

    /** @return whether it ran well for a while */
    private boolean runOnce() throws InterruptedException {
        try {
            var exit = runner.run(command, line -> {}, NatsServer::log);
            LOG.errorf("nats-server has ended, it is started again: code=%d after=%s", exit.code(), exit.took());
            return exit.took().compareTo(STABLE) >= 0;
        } catch (ProgramException e) {
            LOG.errorf("nats-server does not run, it is started again: %s", e.getMessage());
            return false;
        }
    }

    /** {@code [pid] date time [INF] text}: we say the time ourselves, and what is no trouble is its own affair. */
    private static void log(String line) {
        int level = line.indexOf("] ", 1);
        var text = level < 0 ? line : line.substring(level + 2);
        if (line.contains("[ERR]") || line.contains("[FTL]") || line.contains("[WRN]")) {
            LOG.warnf("nats-server: %s", text);
        } else {
            LOG.debugf("nats-server: %s", text);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
