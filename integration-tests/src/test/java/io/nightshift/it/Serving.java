package io.nightshift.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.JobStatus;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code nightshift serve}, started until it is closed, with a connection to its bus as {@code admin}. */
final class Serving implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path state;
    private final int healthPort;
    private final Background process;
    private final Connection nats;

    private Serving(Path state, int healthPort, Background process, Connection nats) {
        this.state = state;
        this.healthPort = healthPort;
        this.process = process;
        this.nats = nats;
    }

    /** Returns when it is ready. */
    static Serving start(Path work, Path fleet, Map<String, String> environment) throws Exception {
        int port = Background.freePort();
        int healthPort = Background.freePort();
        int busPort = Background.freePort();
        var state = work.resolve("Zustand mit ü");
        var process = Background.start(
                work.resolve("serve.log"),
                environment,
                List.of(
                        Programs.PROJECT.resolve("serve/run").toString(),
                        "--fleet",
                        fleet.toString(),
                        "--state",
                        state.toString(),
                        "--port",
                        Integer.toString(port),
                        "--health-port",
                        Integer.toString(healthPort),
                        "--bus-port",
                        Integer.toString(busPort)));
        try {
            process.awaitReady(START_LIMIT, healthPort);
            assertThat(status(port, "/api/verdict")).isEqualTo(200);
            var options =
                    new Bus(state.resolve("bus")).as("admin").maxReconnects(-1).build();
            return new Serving(state, healthPort, process, Nats.connect(options));
        } catch (Exception | Error e) {
            process.close();
            throw e;
        }
    }

    private static int status(int port, String path) throws Exception {
        var question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        return HTTP.send(question, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    void awaitReady() {
        process.awaitReady(START_LIMIT, healthPort);
    }

    Connection nats() {
        return nats;
    }

    Path state() {
        return state;
    }

    String output() {
        return process.output();
    }

    /** All that any job has come to, oldest first. */
    List<JobStatus> statuses() throws Exception {
        var management = nats.jetStreamManagement();
        var kept = management.getStreamInfo(Subjects.STATUS_STREAM).getStreamState();
        var statuses = new ArrayList<JobStatus>();
        if (kept.getMsgCount() == 0) {
            return statuses;
        }
        for (long number = kept.getFirstSequence(); number <= kept.getLastSequence(); number++) {
            var message = management.getMessage(Subjects.STATUS_STREAM, number);
            if (message.getSubject().startsWith("backup.status.")) {
                statuses.add(Wire.read(message.getData(), JobStatus.class));
            }
        }
        return statuses;
    }

    ProcessHandle natsServer() {
        var servers = process.handle()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("/nats-server"))
                .toList();
        assertThat(servers).hasSize(1);
        return servers.get(0);
    }

    /** As a power cut for the process alone: its child may still write down what it has. */
    void kill() throws InterruptedException {
        nats.close();
        process.kill();
    }

    @Override
    public void close() throws InterruptedException {
        nats.close();
        process.close();
    }
}
