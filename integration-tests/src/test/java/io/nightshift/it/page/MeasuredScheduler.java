package io.nightshift.it.page;

import io.nightshift.it.Background;
import io.nightshift.it.Programs;
import io.nightshift.nats.testing.NatsServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The scheduler as it is shipped, with a large fleet, for benchmarks: how it is started, what it answers, and what memory it takes. */
final class MeasuredScheduler {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int port = Background.freePort();
    private final int healthPort = Background.freePort();
    private final Duration limit;

    /** @param limit for its start, and for each answer */
    MeasuredScheduler(Duration limit) throws IOException {
        this.limit = limit;
    }

    /**
     * Returns when it is ready.
     *
     * @param options of the JVM
     */
    Background start(Path folder, Path fleet, NatsServer bus, String... options) throws Exception {
        var command = new ArrayList<>(List.of("java"));
        command.addAll(List.of(options));
        var jar = Programs.PROJECT.resolve("scheduler/target/quarkus-app/quarkus-run.jar");
        command.addAll(List.of("-jar", jar.toString()));
        var environment = Map.of(
                "NIGHTSHIFT_FLEET", fleet.toString(),
                "NATS_SERVERS", bus.url(),
                "QUARKUS_HTTP_PORT", Integer.toString(port),
                "QUARKUS_MANAGEMENT_PORT", Integer.toString(healthPort));
        var scheduler = Background.start(folder.resolve("scheduler.log"), environment, command);
        scheduler.awaitReady(limit, healthPort);
        return scheduler;
    }

    URI page(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    String get(String path) throws IOException, InterruptedException {
        return get(page(path), "*/*");
    }

    String metrics() throws IOException, InterruptedException {
        return get(URI.create("http://127.0.0.1:" + healthPort + "/q/metrics"), "text/plain");
    }

    private String get(URI address, String accepted) throws IOException, InterruptedException {
        var question =
                HttpRequest.newBuilder(address).header("Accept", accepted).timeout(limit);
        var answer = HTTP.send(question.build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(address.getPath() + ": HTTP " + answer.statusCode());
        }
        return answer.body();
    }

    /** Memory that a process holds. */
    static long residentMib(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    /** @param services of each host */
    static Path fleet(Path folder, LocalTime at, List<String> destinations, Map<String, List<String>> services)
            throws IOException {
        var text = new StringBuilder("backup:\n  schedule: { at: \"%s\", zone: UTC }\n  destinations:\n".formatted(at));
        for (var destination : destinations) {
            text.append("    %1$s: { repository: \"/mnt/%1$s/{host}/{service}\", password-file: /run/secrets/restic }%n"
                    .formatted(destination));
        }
        text.append("  hosts:\n");
        services.forEach((host, names) -> {
            text.append("    %s:%n      datasets: [rpool/persist]%n      services:%n".formatted(host));
            names.forEach(name -> text.append("        %1$s: { paths: [/persist/%1$s] }%n".formatted(name)));
        });
        return Files.writeString(folder.resolve("backups.yaml"), text);
    }
}
