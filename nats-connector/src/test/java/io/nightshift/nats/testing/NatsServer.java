package io.nightshift.nats.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A real nats-server with JetStream on a free loopback port; it keeps port and store over restarts. */
public final class NatsServer implements AutoCloseable {
    static final String MISSING = "nats-server is not on the PATH; run the tests by deploy/local/test, or install it";

    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    private final Path directory;
    private final int port;
    private final Path configFile;
    private Process process;

    private NatsServer(Path directory, int port) {
        this.directory = directory;
        this.port = port;
        this.configFile = directory.resolve("nats.conf");
    }

    /** Starts a server; skips the test where the program is missing, and fails it there when CI=true. */
    public static NatsServer start() {
        return start("");
    }

    /** @param extraConfig appended to the configuration, in the server's own format */
    public static NatsServer start(String extraConfig) {
        NatsServer server = prepare(extraConfig);
        server.restart();
        return server;
    }

    /** Chooses port and store, but does not start yet. */
    public static NatsServer prepare(String extraConfig) {
        requireProgram();
        try {
            Path directory = Files.createTempDirectory("nats prüfung ");
            NatsServer server = new NatsServer(directory, freePort());
            server.configure(extraConfig);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes effect at the next start. */
    public void configure(String extraConfig) {
        String config = """
                listen: "127.0.0.1:%d"
                jetstream { store_dir: "%s", sync_interval: always, max_file_store: 1GB }
                %s
                """.formatted(port, directory.resolve("store"), extraConfig);
        try {
            Files.writeString(configFile, config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireProgram() {
        if (mayBeSkipped()) {
            Assumptions.abort(MISSING);
        }
        if (program().isEmpty()) {
            throw new IllegalStateException(MISSING + "; CI=true allows no skipped tests");
        }
    }

    /** Whether a test cannot run, and nobody minds. */
    static boolean mayBeSkipped() {
        return program().isEmpty() && !"true".equals(System.getenv("CI"));
    }

    private static Optional<Path> program() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, "nats-server"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts it (again), on the same port and store. */
    public void restart() {
        try {
            process = new ProcessBuilder(program().orElseThrow().toString(), "-c", configFile.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("server.log").toFile()))
                    .start();
            awaitPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitPort() throws IOException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
                return;
            } catch (IOException notYet) {
                Thread.onSpinWait();
            }
        }
        throw new IllegalStateException("nats-server did not start: " + log());
    }

    public String log() {
        try {
            return Files.readString(directory.resolve("server.log"));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    public int port() {
        return port;
    }

    public String url() {
        return "nats://127.0.0.1:" + port;
    }

    /** An orderly end; the store stays. */
    public void stop() {
        end(process::destroy);
    }

    /** As when the power fails, but for the page cache. */
    public void kill() {
        end(process::destroyForcibly);
    }

    /** Its connections stay open, and nothing answers. */
    public void pause() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Keeps a copy of the stopped server's store for {@link #restoreStore}. */
    public void saveStore() {
        copy(directory.resolve("store"), directory.resolve("saved"));
    }

    /** Everything since {@link #saveStore} is forgotten, as when a disk loses what was not yet written. */
    public void restoreStore() {
        delete(directory.resolve("store"));
        copy(directory.resolve("saved"), directory.resolve("store"));
    }

    private static void copy(Path from, Path to) {
        try (var files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end(Runnable how) {
        if (process == null || !process.isAlive()) {
            return;
        }
        how.run();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
        delete(directory);
    }
}
