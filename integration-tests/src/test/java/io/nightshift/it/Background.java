package io.nightshift.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A program that runs beside a test, both outputs in one file, until it is closed. */
public final class Background implements AutoCloseable {
    /** More than {@code up} gives its workers to report. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(90);

    private final List<String> command;
    private final Path log;
    private final Process process;

    private Background(List<String> command, Path log, Process process) {
        this.command = command;
        this.log = log;
        this.process = process;
    }

    public static Background start(Path log, Map<String, String> environment, List<String> command) throws IOException {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment().putAll(environment);
        return new Background(command, log, builder.start());
    }

    public long pid() {
        return process.pid();
    }

    /** Until it is so; a program that has ended by then fails the test, with all that it said. */
    public void await(Duration limit, Callable<Boolean> condition) {
        Awaitility.await(command.get(0))
                .atMost(limit)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .failFast(this::requireAlive)
                .until(condition);
    }

    private void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(command + " has ended:\n" + output());
        }
    }

    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Without a word of farewell. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** One that was free a moment ago. */
    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IllegalStateException(command + " did not end in " + STOP_LIMIT + ":\n" + output());
        }
    }
}
