package io.nightshift.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.nightshift.contract.TraceContext;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.JobStatus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night with a job that fails, as a collector of OpenTelemetry gets it: from the ZFS snapshot to the message on the phone. */
class TracesIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    Path work;

    private final List<String> received = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void programs() {
        Programs.require("restic", "nats-server", "openssl", "setpriv");
    }

    @Test
    void a_night_is_one_trace_from_its_snapshot_to_the_phone() throws Exception {
        Files.writeString(Files.createDirectories(work.resolve("data")).resolve("note"), "worth keeping");
        var fleet = OneDisk.fleet(work, "right", """
                good: { paths: ["WORK/data"] }
                gone: { paths: ["WORK/nowhere"] }
                """);
        var collector = collector();
        try (var pushover = PushoverServer.start()) {
            var settings = new HashMap<>(pushover.settings());
            settings.put("NIGHTSHIFT_WORKER_RETRY_FOR", "PT0S");
            settings.put(
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    "http://127.0.0.1:" + collector.getAddress().getPort());
            try (var up = Running.start(work, fleet, settings)) {
                var ends = ends(up);
                await().atMost(LIMIT).until(() -> !pushover.messages().isEmpty());
                var night = TraceContext.of(ends.get(0).job().night(), "here");
                await().atMost(LIMIT).untilAsserted(() -> {
                    assertSent(night, "night");
                    assertSent(night.part("snapshot"), "snapshot");
                    for (var end : ends) {
                        assertSent(TraceContext.of(end.job()), end.job().toString());
                        if (end instanceof JobStatus.Succeeded) {
                            assertSent(TraceContext.of(end.job()).part("restic"), "restic");
                        }
                    }
                    assertThat(received)
                            .anySatisfy(batch -> assertThat(batch)
                                    .contains("notify", bytes(night.traceId()), bytes(night.spanId())));
                });
            }
        } finally {
            collector.stop(0);
        }
        assertThat(received).as("what failed says why").anyMatch(batch -> batch.contains("path-missing"));
    }

    /** Keeps each batch, protobuf, as Latin-1: what it holds of text and ids stands in it as it is. */
    private HttpServer collector() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** How both jobs ended. */
    private static List<JobStatus> ends(Running up) throws Exception {
        var statuses = up.nats().subscribe("backup.status.>");
        up.nats().flush(LIMIT);
        up.nats().jetStream().publish("backup.night.start", new byte[0]);
        var ends = new ArrayList<JobStatus>();
        while (ends.size() < 2) {
            var message = statuses.nextMessage(LIMIT);
            assertThat(message).isNotNull();
            var status = Wire.read(message.getData(), JobStatus.class);
            assertThat(message.getHeaders().getFirst("traceparent"))
                    .isEqualTo(TraceContext.of(status.job()).header());
            if (status.isFinal()) {
                ends.add(status);
            }
        }
        return ends;
    }

    private void assertSent(TraceContext span, String word) {
        assertThat(received)
                .anySatisfy(batch -> assertThat(batch).contains(bytes(span.traceId()), bytes(span.spanId()), word));
    }

    private static String bytes(String hexadecimal) {
        return new String(HexFormat.of().parseHex(hexadecimal), StandardCharsets.ISO_8859_1);
    }
}
