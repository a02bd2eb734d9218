package io.nightshift.it.page;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nightshift.it.Background;
import io.nightshift.it.Programs;
import io.nightshift.nats.testing.NatsServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A nats-server and the scheduler as it is shipped, with nobody else on the bus but the test. */
final class SchedulerAlone implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final NatsServer bus;
    private final Background scheduler;
    private final URI root;
    private final Connection nats;

    private SchedulerAlone(NatsServer bus, Background scheduler, URI root, Connection nats) {
        this.bus = bus;
        this.scheduler = scheduler;
        this.root = root;
        this.nats = nats;
    }

    /** @param settings beside the fleet file and the bus, as environment variables */
    static SchedulerAlone start(Path folder, Path fleet, Map<String, String> settings) throws Exception {
        var bus = NatsServer.start();
        int port = Background.freePort();
        int healthPort = Background.freePort();
        var environment = new HashMap<>(Map.of(
                "NIGHTSHIFT_FLEET", fleet.toString(),
                "NATS_SERVERS", bus.url(),
                "QUARKUS_HTTP_PORT", Integer.toString(port),
                "QUARKUS_MANAGEMENT_PORT", Integer.toString(healthPort)));
        environment.putAll(settings);
        var scheduler = Background.start(folder.resolve("scheduler.log"), environment, command());
        try {
            var root = URI.create("http://127.0.0.1:" + port + "/");
            scheduler.awaitReady(START_LIMIT, healthPort);
            return new SchedulerAlone(bus, scheduler, root, Nats.connect(bus.url()));
        } catch (Exception | Error e) {
            scheduler.close();
            bus.close();
            throw e;
        }
    }

    private static List<String> command() {
        var jar = Programs.PROJECT.resolve("scheduler/target/quarkus-app/quarkus-run.jar");
        return List.of("java", "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", jar.toString());
    }

    /** What was published takes a moment to arrive. */
    void awaitShown(String path, Pattern text) {
        scheduler.await(
                START_LIMIT, () -> text.matcher(get(root.resolve(path)).body()).find());
    }

    private static HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(address).timeout(START_LIMIT).build(), BodyHandlers.ofString());
    }

    URI root() {
        return root;
    }

    Connection nats() {
        return nats;
    }

    @Override
    public void close() throws Exception {
        nats.close();
        scheduler.close();
        bus.close();
    }
}
