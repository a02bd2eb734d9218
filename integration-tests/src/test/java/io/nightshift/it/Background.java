package io.nightshift.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

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

    /** Until its health, at that port, says that it is ready. */
    public void awaitReady(Duration limit, int healthPort) {
        await(limit, () -> isReady(healthPort));
    }

    /** Whether the service whose health is at that port says that it is ready. */
    public static boolean isReady(int healthPort) throws InterruptedException {
        var question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + healthPort + "/q/health/ready"))
                .timeout(ANSWER_LIMIT)
                .build();
        try {
            return HTTP.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
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
