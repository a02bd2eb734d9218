package io.nightshift.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.contract.event.JobStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log as JSON, of a night in which one job succeeds and the other fails. */
class LogIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path work;

    private Path fleet;

    @BeforeEach
    void aFleet() throws Exception {
        Programs.require("restic", "nats-server", "setpriv", "openssl");
        var data = Files.createDirectories(work.resolve("data"));
        Files.writeString(data.resolve("note.txt"), "worth keeping");
        fleet = OneDisk.fleet(work, "right", "notes: { paths: [\"WORK/data\"] }\ngone: { paths: [\"WORK/nowhere\"] }");
    }

    @Test
    void each_line_about_a_job_has_its_id_whoever_writes_it() throws Exception {
        try (var serving = Serving.start(work, fleet, Map.of("NIGHTSHIFT_LOG_FORMAT", "json"))) {
            serving.nats().jetStream().publish("backup.night.start", new byte[0]);
            await().atMost(LIMIT).until(() -> ends(serving), ends -> ends.size() == 2);
            await().atMost(LIMIT).until(() -> loggers(serving, "notes").contains("io.nightshift.worker.RunJob"));

            var jobs = ends(serving).stream().map(end -> end.job().toString()).toList();
            assertThat(lines(serving)).isNotEmpty().allSatisfy(line -> {
                for (var job : jobs) {
                    if (line.get("message").asText().contains(job)) {
                        assertThat(line.path("job").asText())
                                .as(line.toString())
                                .isEqualTo(job);
                    }
                }
            });
            assertThat(loggers(serving, "notes"))
                    .contains(
                            "io.nightshift.scheduler.release.Releaser",
                            "io.nightshift.worker.Work",
                            "io.nightshift.worker.BackupRun",
                            "io.nightshift.worker.RunJob");
        }
    }

    private static List<JobStatus> ends(Serving serving) throws Exception {
        return serving.statuses().stream().filter(JobStatus::isFinal).toList();
    }

    /** From the first line in JSON on: what is written before is of the framework, which has not read its settings yet. */
    private static List<JsonNode> lines(Serving serving) {
        return serving.output()
                .lines()
                .dropWhile(line -> !line.startsWith("{"))
                .filter(line -> line.endsWith("}"))
                .flatMap(LogIT::read)
                .toList();
    }

    private static Stream<JsonNode> read(String line) {
        try {
            return Stream.of(JSON.readTree(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON: " + line, e);
        }
    }

    private static Set<String> loggers(Serving serving, String service) {
        var loggers = new TreeSet<String>();
        for (var line : lines(serving)) {
            if (line.path("job").asText().contains("/" + service + "/")) {
                loggers.add(line.get("logger").asText());
            }
        }
        return loggers;
    }
}
