package io.nightshift.serve.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nightshift.process.SystemProgramRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsServerIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path work;

    private int port;
    private Path settings;
    private NatsServer server;

    @BeforeEach
    void start() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        settings = Files.writeString(work.resolve("nats.conf"), "listen: \"127.0.0.1:" + port + "\"\n");
        server = new NatsServer(new SystemProgramRunner(), "nats-server", settings, Duration.ofMillis(50));
        server.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.stop();
    }

    @Test
    void killed_it_comes_back_and_stopped_it_stays_away() throws InterruptedException {
        await().atMost(LIMIT).until(this::listens);
        var first = child().orElseThrow();
        first.destroyForcibly();
        await().atMost(LIMIT)
                .until(() -> listens()
                        && child().filter(other -> other.pid() != first.pid()).isPresent());

        server.stop();
        assertThat(listens()).isFalse();
        assertThat(child()).isEmpty();
    }

    @Test
    void settings_that_it_refuses_are_tried_again_when_they_are_mended() throws Exception {
        server.stop();
        Files.writeString(settings, "listen: nowhere at all\n");
        server = new NatsServer(new SystemProgramRunner(), "nats-server", settings, Duration.ofMillis(50));
        server.start();
        Files.writeString(settings, "listen: \"127.0.0.1:" + port + "\"\n");
        await().atMost(LIMIT).until(this::listens);
    }

    private boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** In a session of its own, but still a child of ours. */
    private static Optional<ProcessHandle> child() {
        return ProcessHandle.current()
                .children()
                .filter(process -> process.info().command().orElse("").endsWith("nats-server"))
                .findFirst();
    }
}
