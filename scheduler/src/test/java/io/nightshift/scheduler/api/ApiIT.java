package io.nightshift.scheduler.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Nats;
import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.Progress;
import io.nightshift.contract.event.Query;
import io.nightshift.contract.event.QueryAnswer;
import io.nightshift.contract.event.RestoreProgress;
import io.nightshift.contract.event.RestoreRequest;
import io.nightshift.contract.event.RestoreStatus;
import io.nightshift.contract.event.StoredFile;
import io.nightshift.nats.testing.NatsServer;
import io.nightshift.nats.testing.NatsServerResource;
import io.nightshift.scheduler.messaging.SchedulerResource;
import io.nightshift.scheduler.state.States;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API and the pages on a real nats-server; the test speaks for the workers. Each test has a service of its own. */
@QuarkusTest
@TestProfile(ApiIT.OfItsOwn.class)
@QuarkusTestResource(NatsServerResource.class)
@QuarkusTestResource(SchedulerResource.class)
class ApiIT {
    /** An application and a bus of its own: jobs that are asked for here hold back their repositories. */
    public static class OfItsOwn implements QuarkusTestProfile {}

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path DOCUMENT = Path.of("src/main/openapi/nightshift.yaml");
    private static final String NIGHT = "2026-04-17";

    private final HttpClient http = HttpClient.newHttpClient();

    NatsServer server;

    @TestHTTPResource("/")
    URI root;

    @Test
    void what_a_worker_reports_is_shown_and_its_history_is_read_in_pages() throws Exception {
        var now = Instant.now();
        publish(
                States.succeeded(target("app01"), "2026-04-15", now.minusSeconds(3000)),
                States.running(target("app01"), "2026-04-16", now.minusSeconds(2500)),
                States.succeeded(target("app01"), "2026-04-16", now.minusSeconds(2000)),
                States.failed(target("app01"), NIGHT, now.minusSeconds(1000)));
        awaitHealth("app01", "failed");

        var one = json("/api/targets/daedalus/app01/local");
        assertThat(one.at("/good/bytes").asLong()).isEqualTo(1_000_000);
        assertThat(one.at("/last/failure/cause").asText()).isEqualTo("wrong-password");
        var page = json("/api/targets/daedalus/app01/local/history?offset=1&limit=1");
        assertThat(page.path("total").asInt()).isEqualTo(3);
        assertThat(page.at("/items/0/job").asText()).isEqualTo("2026-04-16/daedalus/app01/local");
        assertThat(json("/api/verdict").path("safe").asBoolean()).isFalse();
    }

    @Test
    void a_running_job_shows_how_far_it_is_on_the_page() throws Exception {
        var job = States.job(target("app02"), NIGHT);
        publish(States.running(target("app02"), NIGHT, Instant.now()));
        var progress = new Progress(job, Instant.now(), 42.5, 1024, 4096, 3, 4, 2048, Optional.of(7L));
        try (var nats = Nats.connect(server.url())) {
            await().atMost(SOON).untilAsserted(() -> {
                nats.publish(progress.subject(), Wire.write(progress));
                assertThat(get("/parts/glance").body()).contains("42.5 %", "1.0 KiB of 4.0 KiB", "7 s left");
            });
        }
        publish(States.succeeded(target("app02"), NIGHT, Instant.now()));
        awaitHealth("app02", "good");
    }

    @Test
    void a_restore_that_runs_is_on_the_first_page_with_its_progress_and_goes_when_it_has_ended() throws Exception {
        var target = target("app02");
        var link = "/restores/" + target + "/onoverview";
        var now = Instant.now();
        try (var nats = Nats.connect(server.url())) {
            var running = new RestoreStatus.Running("onoverview", target, now, 1, "w", RestoreStatus.Step.RESTORING);
            nats.jetStream().publish(running.subject(), Wire.write(running));
            var progress = new RestoreProgress("onoverview", target, now, 42.5, 1024, 4096, 3, 4, 2048);
            await().atMost(SOON).untilAsserted(() -> {
                nats.publish(progress.subject(), Wire.write(progress));
                assertThat(get("/parts/glance").body()).contains(link, "restoring", "42.5 %", "1.0 KiB of 4.0 KiB");
            });
            var ended = new RestoreStatus.Cancelled("onoverview", target, now, 1, List.of());
            nats.jetStream().publish(ended.subject(), Wire.write(ended));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(get("/parts/glance").body()).doesNotContain(link));
        }
    }

    /** The command's tests compare what it asks for with the same file. */
    @Test
    void the_document_in_the_repository_is_what_the_code_does_and_the_one_that_is_served() throws Exception {
        var generated = get("/generated-openapi").body();
        var meant = Files.writeString(Path.of("target/openapi.yaml"), generated);

        assertThat(Files.readString(DOCUMENT))
                .as("where the change is meant: cp scheduler/%s scheduler/%s", meant, DOCUMENT)
                .isEqualTo(generated)
                .isEqualTo(get("/api/openapi").body());
    }

    @Test
    void pages_and_answers_go_compressed_to_whoever_understands_that() throws Exception {
        for (var path : List.of("/", "/api/targets", "/assets/page.css")) {
            var request = HttpRequest.newBuilder(root.resolve(path))
                    .header("Accept-Encoding", "gzip")
                    .build();
            assertThat(http.send(request, BodyHandlers.discarding()).headers().firstValue("content-encoding"))
                    .as(path)
                    .hasValue("gzip");
        }
        assertThat(get("/").headers().firstValue("content-encoding")).isEmpty();
    }

    @Test
    void a_page_of_another_site_cannot_ask_for_a_backup() throws Exception {
        var request = HttpRequest.newBuilder(root.resolve("/api/targets/daedalus/app03/local/backup"))
                .header("Origin", "http://evil.example")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("another site");
    }

    @Test
    void what_is_asked_for_goes_over_the_bus() throws Exception {
        var heard = new CopyOnWriteArrayList<String>();
        try (var nats = Nats.connect(server.url())) {
            nats.createDispatcher(message -> heard.add(
                            message.getSubject() + " " + new String(message.getData(), StandardCharsets.UTF_8)))
                    .subscribe("backup.request.>");
            nats.flush(Duration.ofSeconds(5));
            var asked = post("/api/targets/daedalus/app03/all/backup?fresh=true");
            assertThat(asked.statusCode()).isEqualTo(202);
            assertThat(JSON.readTree(asked.body()).path("jobs").asInt()).isEqualTo(2);
            assertThat(post("/api/targets/daedalus/app03/local/check").statusCode())
                    .isEqualTo(202);
            await().atMost(SOON)
                    .until(() -> heard.containsAll(List.of(
                            "backup.request.daedalus.app03.all {\"snapshot\":\"fresh\"}",
                            "backup.request.daedalus.app03.local {\"work\":\"check\"}")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/targets/daedalus/nowhere/local, 404",
        "/api/targets/daedalus/Nowhere/local, 400",
        "/api/targets?limit=0, 400",
        "/api/targets/daedalus/app01/local/history?work=nothing, 400",
        "/api/nothing, 404"
    })
    void an_error_is_a_problem_document(String path, int status) throws Exception {
        var answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith(Problem.MEDIA_TYPE));
        assertThat(JSON.readTree(answer.body()).path("status").asInt()).isEqualTo(status);
    }

    @Test
    void nothing_is_asked_for_that_the_fleet_file_does_not_name() throws Exception {
        var refused = post("/api/targets/daedalus/app99/local/backup");

        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(JSON.readTree(refused.body()).path("detail").asText()).contains("app99", "app01");
    }

    @Test
    void who_comes_back_hears_what_was_missed() throws Exception {
        publish(States.failed(target("app04"), NIGHT, Instant.now()));
        awaitHealth("app04", "failed");

        assertThat(liveUntil("app04")).contains("event:state", "id:");
    }

    @Test
    void what_is_stored_is_asked_of_a_worker_and_without_one_it_is_said_which() throws Exception {
        var path = "/api/targets/daedalus/app05/local/snapshots/latest/files?path=/persist/app05";
        var missing = get(path);
        assertThat(missing.statusCode()).isEqualTo(503);
        assertThat(missing.body()).contains("no worker of host daedalus for destination local runs");
        var file = new StoredFile("/persist/app05/a", StoredFile.Kind.FILE, 5, Instant.EPOCH);
        var time = Instant.parse("2026-04-16T16:00:01Z");
        try (var nats = Nats.connect(server.url())) {
            nats.createDispatcher(question -> {
                        var query = (Query.Folder) Query.read(question.getData());
                        var answer = query.path().equals("/persist/app05")
                                ? new QueryAnswer.Folder("4f2a9c0d", time, query.path(), 1, List.of(file), false)
                                : new QueryAnswer.Failed(Failure.of(Cause.PATH_MISSING, "no folder", "look above"));
                        nats.publish(question.getReplyTo(), Wire.write(answer));
                    })
                    .subscribe("backup.query.daedalus.*.local");
            nats.flush(SOON);

            var answer = json(path);
            assertThat(answer.path("snapshot").asText()).isEqualTo("4f2a9c0d");
            assertThat(answer.at("/items/0/path").asText()).isEqualTo("/persist/app05/a");
            assertThat(answer.at("/items/0/kind").asText()).isEqualTo("file");
            assertThat(get(path + "x").statusCode()).isEqualTo(404);
            assertThat(get(path + "/../x").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void a_restore_is_ordered_followed_and_ended() throws Exception {
        var ordered = post("/api/restores", """
                { "host": "daedalus", "services": ["app06"], "destination": "local", "dryRun": true,
                  "at": "2026-04-17T00:00:00Z", "paths": ["/persist/app06/a"] }
                """);
        assertThat(ordered.statusCode()).as(ordered.body()).isEqualTo(202);
        var id = JSON.readTree(ordered.body()).at("/restores/0/id").asText();
        var one = "/api/restores/daedalus/app06/local/" + id;
        assertThat(json(one).path("state").asText()).isEqualTo("asked");
        try (var nats = Nats.connect(server.url())) {
            var asked =
                    nats.jetStreamManagement().getLastMessage("BACKUP_RESTORES", "backup.restore.daedalus.app06.local");
            var request = Wire.read(asked.getData(), RestoreRequest.class);
            assertThat(request.id()).hasValue(id);
            assertThat(request.dryRun()).isTrue();
            assertThat(request.paths()).containsExactly("/persist/app06/a");

            var running = new RestoreStatus.Running(
                    id, target("app06"), Instant.now(), 1, "daedalus-1", RestoreStatus.Step.RESTORING);
            nats.jetStream().publish(running.subject(), Wire.write(running));
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(json(one).path("step").asText()).isEqualTo("restoring"));
            var progress = new RestoreProgress(id, target("app06"), Instant.now(), 42.5, 1, 2, 3, 4, 5);
            nats.publish(progress.subject(), Wire.write(progress));
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(json(one).at("/progress/percent").asDouble())
                                    .isEqualTo(42.5));
            assertThat(liveUntil("app06/local/" + id)).contains("event:restore");

            var ends = nats.subscribe("backup.cancel.daedalus.app06.local");
            nats.flush(SOON);
            assertThat(post(one + "/cancel", "").statusCode()).isEqualTo(202);
            assertThat(new String(ends.nextMessage(SOON).getData(), StandardCharsets.UTF_8))
                    .contains(id);
        }
        assertThat(json("/api/restores").path("total").asInt()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {} | host is missing",
                "400 | { \"host\": \"daedalus\" } | services is missing",
                "400 | { \"host\": \"daedalus\", \"services\": [\"all\"], \"paths\": [\"/a\"] } | for one service",
                "400 | { \"host\": \"daedalus\", \"services\": [\"app07\"], \"destination\": \"local\", \"paths\": [\"/a/../b\"] } | plain path",
                "400 | { \"host\": \"daedalus\", \"services\": [\"app07\"], \"dryrun\": true } | dryrun",
                "404 | { \"host\": \"nowhere\", \"services\": [\"all\"] } | no host 'nowhere'"
            })
    void an_order_that_makes_no_sense_is_refused(int status, String body, String why) throws Exception {
        var answer = post("/api/restores", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(why);
    }

    /** The live stream, of somebody who was here before a restart, until it names the service. */
    private String liveUntil(String service) throws Exception {
        var request = HttpRequest.newBuilder(root.resolve("/api/live"))
                .header("Last-Event-ID", "another-1")
                .timeout(SOON)
                .build();
        try (var lines = http.send(request, BodyHandlers.ofLines()).body()) {
            var text = new StringBuilder();
            lines.takeWhile(line -> !(line.startsWith("data") && line.contains(service)))
                    .forEach(line -> text.append(line).append('\n'));
            return text.toString();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/hosts",
                "/plan",
                "/events",
                "/settings",
                "/jobs/daedalus/app01/local",
                "/jobs/daedalus/app01/local/history",
                "/?q=app1&health=unknown&page=9"
            })
    void each_page_is_html_that_loads_nothing_from_elsewhere(String path) throws Exception {
        var answer = get(path);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .hasValue("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                        + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        assertThat(answer.body()).doesNotContain("style=", "onclick", "src=\"http", "href=\"http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/assets/page.css", "/assets/live.js", "/webjars/htmx.org/2.0.7/dist/htmx.min.js"})
    void what_a_page_loads_is_there(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void settings_show_where_secrets_are() throws Exception {
        assertThat(get("/api/settings").body()).contains("/run/secrets/restic", "Australia/Sydney", "/persist/app01");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(root.resolve(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path) throws Exception {
        var request = HttpRequest.newBuilder(root.resolve(path)).POST(BodyPublishers.noBody());
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(root.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private JsonNode json(String path) throws Exception {
        return JSON.readTree(get(path).body());
    }

    private void publish(JobStatus... statuses) throws Exception {
        try (var nats = Nats.connect(server.url())) {
            for (var status : statuses) {
                nats.jetStream().publish(status.subject(), Wire.write(status));
            }
        }
    }

    private static Target target(String service) {
        return new Target("daedalus", service, "local");
    }

    private void awaitHealth(String service, String health) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(json("/api/targets/daedalus/" + service + "/local")
                                .path("health")
                                .asText())
                        .isEqualTo(health));
    }
}
