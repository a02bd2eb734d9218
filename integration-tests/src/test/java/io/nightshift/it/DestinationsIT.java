package io.nightshift.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights whose destinations are servers: one speaks S3, the other restic's own REST protocol. Both check who asks. */
class DestinationsIT {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final String S3_SECRET = "s3-secret-that-nobody-else-sees";
    private static final String REST_SECRET = "rest-secret-that-nobody-else-sees";
    private static final String PASSWORD = "password-that-nobody-else-sees";
    private static final Map<String, String> S3_KEYS =
            Map.of("AWS_ACCESS_KEY_ID", "nightshift", "AWS_SECRET_ACCESS_KEY", S3_SECRET);
    private static final Map<String, String> REST_USER =
            Map.of("RESTIC_REST_USERNAME", "nightshift", "RESTIC_REST_PASSWORD", REST_SECRET);

    @TempDir
    Path work;

    private final List<Background> servers = new ArrayList<>();
    private Path data;
    private S3Server s3;
    private String rest;

    @BeforeAll
    static void programs() {
        Programs.require("restic", "restic-rest-server", "nats-server", "openssl", "setpriv");
    }

    @BeforeEach
    void servers() throws Exception {
        s3 = S3Server.start(work, S3_SECRET);
        rest = startRest();
        data = makeData();
        Programs.secret(work.resolve("password"), PASSWORD);
        writeEnvironment("rest.env", REST_USER);
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (var server : servers) {
            server.close();
        }
        if (s3 != null) {
            s3.close();
        }
    }

    @Test
    void a_night_goes_to_s3_and_to_a_rest_server_and_comes_back_by_plain_restic() throws Exception {
        writeEnvironment("s3.env", S3_KEYS);
        var night = night(Map.of());
        assertThat(night.code()).as(night.output()).isZero();
        assertThat(night.output()).containsPattern("files +cloud +succeeded").containsPattern("files +nas +succeeded");

        assertThat(restored("s3:" + s3.url() + "/backups/here/files", S3_KEYS)).isEqualTo(Tree.of(data));
        assertThat(restored("rest:" + rest + "/here/files/", REST_USER)).isEqualTo(Tree.of(data));
        assertThat(whereSecretsAre()).isEmpty();
    }

    @Test
    void keys_that_s3_refuses_fail_that_job_soon_and_no_other() throws Exception {
        writeEnvironment(
                "s3.env", Map.of("AWS_ACCESS_KEY_ID", "nightshift", "AWS_SECRET_ACCESS_KEY", "not " + S3_SECRET));
        var night = night(Map.of("NIGHTSHIFT_WORKER_CONTACT_LIMIT", "PT10S", "NIGHTSHIFT_WORKER_RETRY_FOR", "PT0S"));
        assertThat(night.code()).as(night.output()).isEqualTo(1);
        assertThat(night.output())
                .containsPattern("files +cloud +failed .*access-denied")
                .containsPattern("files +nas +succeeded");
        assertThat(restored("rest:" + rest + "/here/files/", REST_USER)).isEqualTo(Tree.of(data));
        assertThat(whereSecretsAre()).isEmpty();
    }

    private String startRest() throws Exception {
        var address = "127.0.0.1:" + Background.freePort();
        var sha = MessageDigest.getInstance("SHA-1").digest(REST_SECRET.getBytes(StandardCharsets.UTF_8));
        var users = Files.writeString(
                work.resolve("htpasswd"),
                "nightshift:{SHA}" + Base64.getEncoder().encodeToString(sha) + "\n");
        var folder = Files.createDirectory(work.resolve("rest")).toString();
        var url = "http://" + address;
        start(
                url,
                401,
                "restic-rest-server",
                "--path",
                folder,
                "--listen",
                address,
                "--htpasswd-file",
                users.toString());
        return url;
    }

    /** Started when it refuses somebody without a name: so it is up, and does check. */
    private void start(String url, int refusal, String... command) throws IOException {
        var name = Path.of(command[0]).getFileName().toString();
        var server = Background.start(work.resolve(name + ".log"), Map.of(), List.of(command));
        servers.add(server);
        var request = HttpRequest.newBuilder(URI.create(url + "/")).build();
        var client = HttpClient.newHttpClient();
        server.await(
                START_LIMIT,
                () -> client.send(request, BodyHandlers.discarding()).statusCode() == refusal);
    }

    private Path makeData() throws IOException {
        var folder = Files.createDirectories(work.resolve("Daten für alle/files"));
        var big = new byte[20_000_000];
        new Random(1).nextBytes(big);
        Files.write(folder.resolve("groß.bin"), big);
        Files.createFile(folder.resolve("empty"));
        Files.createDirectory(folder.resolve("empty folder"));
        Files.createSymbolicLink(folder.resolve("a link"), Path.of("gone for ever"));
        Files.createLink(folder.resolve("the same again.bin"), folder.resolve("groß.bin"));
        return folder;
    }

    private void writeEnvironment(String name, Map<String, String> variables) throws IOException {
        var lines = new ArrayList<String>();
        variables.forEach((key, value) -> lines.add(key + "=" + value));
        Programs.secret(work.resolve(name), String.join("\n", lines));
    }

    private Programs.Ended night(Map<String, String> environment) throws Exception {
        var fleet = """
                backup:
                  schedule: { zone: UTC }
                  destinations:
                    cloud:
                      repository: "s3:S3/backups/{host}/{service}"
                      password-file: "WORK/password"
                      env-file: "WORK/s3.env"
                    nas:
                      repository: "rest:REST/{host}/{service}/"
                      password-file: "WORK/password"
                      env-file: "WORK/rest.env"
                  hosts:
                    here:
                      purpose: production
                      snapshot: copy
                      services:
                        files: { paths: ["DATA"] }
                """;
        var file = Files.writeString(
                work.resolve("backups.yaml"),
                fleet.replace("S3/", s3.url() + "/")
                        .replace("REST", rest)
                        .replace("WORK", work.toString())
                        .replace("DATA", data.toString()));
        var up = Programs.PROJECT.resolve("deploy/local/up").toString();
        return Programs.run(
                work.resolve("up.log"),
                environment,
                LIMIT,
                List.of(up, "--once", "--no-build", "--fleet", file.toString(), "--state", state().toString()));
    }

    private Path state() {
        return work.resolve("Zustand mit ü");
    }

    private Map<String, String> restored(String repository, Map<String, String> credentials) throws Exception {
        var target = Files.createTempDirectory(work, "restored");
        var environment = new HashMap<>(credentials);
        environment.put("RESTIC_REPOSITORY", repository);
        environment.put("RESTIC_PASSWORD_FILE", work.resolve("password").toString());
        var ended = Programs.run(
                work.resolve("restic.log"),
                environment,
                LIMIT,
                List.of("restic", "--no-cache", "restore", "latest", "--target", target.toString()));
        assertThat(ended.code()).as(ended.output()).isZero();
        return Tree.of(Path.of(target.toString() + data));
    }

    /** Every file of what {@code up} keeps, logs and bus above all, that holds a password or key. */
    private List<Path> whereSecretsAre() throws IOException {
        try (var files = Files.walk(state())) {
            return files.filter(Files::isRegularFile).filter(this::holdsSecret).toList();
        }
    }

    private boolean holdsSecret(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains("-that-nobody-else-sees");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
