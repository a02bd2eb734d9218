package io.nightshift.it;

import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The services as processes of their own, each with the key of its role, and their nats-server. Of the host {@code here} and the
 * destination {@code disk}.
 */
final class SeparateServices implements AutoCloseable {
    static final List<String> ALL = List.of("scheduler", "snapshot-service", "notifier", "backup-worker");

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Map<String, String> USERS = Map.of(
            "scheduler", "scheduler",
            "snapshot-service", "snapshot-here",
            "notifier", "notifier",
            "backup-worker", "worker-here");

    private final Path work;
    private final Path fleet;
    private final Bus bus;
    private final AutoCloseable server;
    private final Map<String, Background> running = new LinkedHashMap<>();
    private final Map<String, Integer> healthPorts = new HashMap<>();

    /** Starts the bus alone. */
    SeparateServices(Path work, Path fleet) throws Exception {
        this.work = work;
        this.fleet = fleet;
        bus = new Bus(work.resolve("Bus mit ü"));
        bus.setUp(fleet, "--listen", "127.0.0.1:" + Background.freePort());
        var settings = bus.directory().resolve("nats.conf").toString();
        server = Background.start(serverLog(), Map.of(), List.of("nats-server", "-c", settings));
    }

    /** @param server runs already, and ends with them */
    SeparateServices(Path work, Path fleet, Bus bus, AutoCloseable server) {
        this.work = work;
        this.fleet = fleet;
        this.bus = bus;
        this.server = server;
    }

    Path serverLog() {
        return work.resolve("nats-server.log");
    }

    /** As a person. */
    Connection operator() throws IOException, InterruptedException {
        return Nats.connect(bus.as("operator").build());
    }

    /** @param home of the version that is to run: the project, or an older one */
    void start(String service, Path home) throws IOException {
        int health = Background.freePort();
        var environment = new HashMap<>(bus.settings(String.valueOf(USERS.get(service))));
        environment.putAll(Map.of(
                "NIGHTSHIFT_FLEET", fleet.toString(),
                "NIGHTSHIFT_SCHEDULER_STATE_DIR", at("scheduler"),
                "NIGHTSHIFT_SNAPSHOT_HOST", "here",
                "NIGHTSHIFT_SNAPSHOT_VIEW_ROOT", at("views"),
                "NIGHTSHIFT_WORKER_HOST", "here",
                "NIGHTSHIFT_WORKER_DESTINATIONS", "disk",
                "NIGHTSHIFT_WORKER_VIEW_ROOT", at("views"),
                "NIGHTSHIFT_WORKER_STATE_DIR", at("worker"),
                "NIGHTSHIFT_RESTORE_ROOTS", at("restored")));
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(health));
        environment.put("QUARKUS_HTTP_PORT", "0");
        var jar = home.resolve(service).resolve("target/quarkus-app/quarkus-run.jar");
        var process = Background.start(
                work.resolve(service + "-" + health + ".log"),
                environment,
                List.of("java", "-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", jar.toString()));
        running.put(service, process);
        healthPorts.put(service, health);
    }

    private String at(String folder) {
        return work.resolve(folder).toString();
    }

    /** All that run: they wait for the streams, which the scheduler makes. */
    void awaitReady() {
        running.forEach((service, process) -> process.awaitReady(LIMIT, healthPorts.get(service)));
    }

    void stop(String service) throws InterruptedException {
        running.remove(service).close();
    }

    @Override
    public void close() throws Exception {
        for (var service : List.copyOf(running.keySet())) {
            stop(service);
        }
        server.close();
    }
}
