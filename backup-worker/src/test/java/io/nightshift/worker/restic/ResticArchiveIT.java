package io.nightshift.worker.restic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.fleet.FleetFile;
import io.nightshift.worker.JobFailedException;
import io.nightshift.worker.restore.Archive;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a real restic says where a restore gets stuck in its middle. */
class ResticArchiveIT {
    private static final String NIGHT = "2026-04-17";

    private final ResticBench bench = new ResticBench();
    private final Job.Backup job = bench.host.backup(NIGHT, "app", "local");

    @Test
    void a_key_that_may_not_read_the_data_is_the_reason_of_an_incomplete_restore_whatever_follows_from_it()
            throws Exception {
        bench.host.takeView(NIGHT, "data");
        for (int i = 0; i < 20; i++) {
            Files.writeString(bench.host.view(NIGHT).resolve("persist/app/" + i), "file " + i);
        }
        bench.repository(job).create();
        bench.repository(job).backup(job, bench.view(NIGHT), progress -> {});
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        try {
            var archive = archive("rest:http://127.0.0.1:" + server.getAddress().getPort() + "/");
            var part = part(archive.snapshots().get(0));
            var failed = catchThrowableOfType(JobFailedException.class, () -> archive.restore(part, counts -> {}));
            assertThat(failed.failure().cause()).isEqualTo(Cause.RESTORE_INCOMPLETE);
            assertThat(failed.failure().pathCount()).isGreaterThan(20);
            assertThat(failed)
                    .cause()
                    .isInstanceOfSatisfying(
                            JobFailedException.class,
                            original -> assertThat(original.failure().cause())
                                    .as(original.getMessage())
                                    .isEqualTo(Cause.ACCESS_DENIED));
        } finally {
            server.stop(0);
        }
    }

    private ResticArchive archive(String url) throws Exception {
        var own = FleetFile.read(bench.host.folder.resolve("fleet.yaml"), Map.of())
                .backup(job.id().target())
                .orElseThrow();
        var archive = new ResticArchive(bench.repository(job, url), own, Duration.ZERO);
        archive.withoutLock();
        return archive;
    }

    private Archive.Part part(Archive.Snapshot snapshot) {
        var folder = bench.host.folder.resolve("zurück");
        return new Archive.Part(snapshot, "/", folder, List.of(), Optional.empty(), false, false, true, false);
    }

    /** As restic's rest-server, to read, with a right to everything but the packs. */
    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath().substring(1);
        var file = Path.of(job.repository()).resolve(path);
        if (path.startsWith("data/") && path.length() > "data/".length()) {
            exchange.sendResponseHeaders(403, -1);
        } else if (exchange.getRequestMethod().equals("HEAD") && Files.exists(file)) {
            exchange.getResponseHeaders().add("Content-Length", Long.toString(Files.size(file)));
            exchange.sendResponseHeaders(200, -1);
        } else if (Files.exists(file)) {
            exchange.getResponseHeaders().add("Content-Type", "application/vnd.x.restic.rest.v2");
            var body = path.endsWith("/") ? list(file) : Files.readAllBytes(file);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } else {
            exchange.sendResponseHeaders(404, -1);
        }
        exchange.close();
    }

    private static byte[] list(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> "{\"name\":\"" + file.getFileName() + "\",\"size\":"
                            + file.toFile().length() + "}")
                    .collect(Collectors.joining(",", "[", "]"))
                    .getBytes();
        }
    }
}
