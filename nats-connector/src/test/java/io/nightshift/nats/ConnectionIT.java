package io.nightshift.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.NKey;
import io.nats.client.support.JwtUtils;
import io.nightshift.nats.testing.NatsServer;
import io.nightshift.nats.testing.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ConnectionIT {
    @TempDir
    Path directory;

    private Path file(String name, String content) throws Exception {
        Path folder = Files.createDirectories(directory.resolve("geheime dateien für tests"));
        Path file = Files.writeString(folder.resolve(name), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static void assertWorks(Bench bench) throws Exception {
        assertThat(bench.client.keeper().isConnected())
                .as(bench.client.keeper().state())
                .isTrue();
        bench.nats().flush(Duration.ofSeconds(5));
    }

    @Test
    void user_and_password_from_a_file() throws Exception {
        Path password = file("password", "s3cr:et/@\n");
        try (var server = NatsServer.start("authorization { user: worker, password: \"s3cr:et/@\" }");
                var bench = Bench.connect(server, "nats.user", "worker", "nats.password-file", password.toString())) {
            assertWorks(bench);
        }
    }

    @Test
    void token_from_a_file() throws Exception {
        Path token = file("token", "t0ken\n");
        try (var server = NatsServer.start("authorization { token: t0ken }");
                var bench = Bench.connect(server, "nats.token-file", token.toString())) {
            assertWorks(bench);
        }
    }

    @Test
    void nkey_from_a_file() throws Exception {
        NKey user = NKey.createUser(new SecureRandom());
        Path seed = file("user.nk", new String(user.getSeed()) + "\n");
        try (var server = NatsServer.start(
                        "authorization { users: [ { nkey: " + new String(user.getPublicKey()) + " } ] }");
                var bench = Bench.connect(server, "nats.nkey-file", seed.toString())) {
            assertWorks(bench);
        }
    }

    @Test
    void credentials_file_with_jwt_and_seed() throws Exception {
        NKey operator = NKey.createOperator(new SecureRandom());
        NKey account = NKey.createAccount(new SecureRandom());
        NKey user = NKey.createUser(new SecureRandom());
        NKey system = NKey.createAccount(new SecureRandom());
        String operatorKey = new String(operator.getPublicKey());
        String accountKey = new String(account.getPublicKey());
        String systemKey = new String(system.getPublicKey());
        String operatorJwt = jwt(operator, operatorKey, "{\"type\":\"operator\",\"version\":2}");
        String userJwt = JwtUtils.issueUserJWT(account, accountKey, new String(user.getPublicKey()), "worker");
        Path credentials =
                file("worker.creds", JwtUtils.NATS_USER_JWT_FORMAT.formatted(userJwt, new String(user.getSeed())));
        String config = """
                operator: %s
                system_account: %s
                resolver: MEMORY
                resolver_preload: { %s: %s, %s: %s }
                """.formatted(
                        operatorJwt,
                        systemKey,
                        systemKey,
                        jwt(operator, systemKey, accountClaims(0)),
                        accountKey,
                        jwt(operator, accountKey, accountClaims(-1)));
        try (var server = NatsServer.start(config);
                var bench = Bench.connect(
                        server, "nats.credentials-file", credentials.toString(), "nats.streams.A.subjects", "a.>")) {
            assertWorks(bench);
            bench.publish("a.b", "by an account");
            assertThat(bench.messages("A")).isEqualTo(1);
        }
    }

    private static String jwt(NKey operator, String subject, String claims) throws Exception {
        String issuer = new String(operator.getPublicKey());
        return JwtUtils.issueJWT(operator, subject, "test", null, JwtUtils.currentTimeSeconds(), issuer, () -> claims);
    }

    /** Claims of an account, with or without storage. */
    private static String accountClaims(int storage) {
        return """
                {"type":"account","version":2,"limits":{"subs":-1,"data":-1,"payload":-1,"imports":-1,"exports":-1,
                "wildcards":true,"conn":-1,"leaf":-1,"mem_storage":%d,"disk_storage":%d,"streams":%d,"consumer":%d}}
                """.formatted(storage, storage, storage, storage).replace("\n", "");
    }

    @Test
    void tls_with_a_certificate_of_the_client() throws Exception {
        var certificate = TestCertificate.create(directory.resolve("für tls"));
        String tls = "tls { cert_file: \"%s\", key_file: \"%s\", ca_file: \"%s\", verify: true }"
                .formatted(certificate.certificate(), certificate.key(), certificate.certificate());
        try (var server = NatsServer.start(tls);
                var bench = Bench.connect(
                        server,
                        "nats.tls.ca-file",
                        certificate.certificate().toString(),
                        "nats.tls.cert-file",
                        certificate.certificate().toString(),
                        "nats.tls.key-file",
                        certificate.key().toString());
                var stranger = Bench.connect(
                        server, "nats.tls.ca-file", certificate.certificate().toString(), "nats.wait-at-start", "1s")) {
            assertWorks(bench);
            assertThat(stranger.client.keeper().isConnected()).isFalse();
        }
    }

    /** Why there is no connection: a busy machine takes longer to the first try than the start waits. */
    private static void awaitState(Bench bench, Consumer<String> asserted) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> asserted.accept(bench.client.keeper().state()));
    }

    @Test
    void an_unknown_server_certificate_is_refused_and_said() throws Exception {
        var certificate = TestCertificate.create(directory.resolve("server"));
        var other = TestCertificate.create(directory.resolve("other"));
        String tls =
                "tls { cert_file: \"%s\", key_file: \"%s\" }".formatted(certificate.certificate(), certificate.key());
        try (var server = NatsServer.start(tls);
                var bench = Bench.connect(
                        server, "nats.tls.ca-file", other.certificate().toString(), "nats.wait-at-start", "1s")) {
            assertThat(bench.client.keeper().isConnected()).isFalse();
            awaitState(bench, state -> assertThat(state).contains(server.url()).containsIgnoringCase("cert"));
        }
    }

    @Test
    void a_wrong_password_is_said_and_the_right_one_is_taken_when_the_file_has_it() throws Exception {
        Path password = file("password", "old");
        try (var server = NatsServer.start("authorization { user: worker, password: new }");
                var bench = Bench.connect(
                        server,
                        "nats.user",
                        "worker",
                        "nats.password-file",
                        password.toString(),
                        "nats.wait-at-start",
                        "1s")) {
            assertThat(bench.client.keeper().isConnected()).isFalse();
            awaitState(
                    bench,
                    state -> assertThat(state)
                            .containsIgnoringCase("authorization violation")
                            .doesNotContain("old"));
            Files.writeString(password, "new");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> bench.client.keeper().isConnected());
        }
    }

    /** The library closes a connection for good when the server refuses it twice; ours must come back all the same. */
    @Test
    void a_password_changed_during_an_outage_does_not_end_the_connection_for_ever() throws Exception {
        Path password = file("password", "one");
        try (var server = NatsServer.start("authorization { user: worker, password: one }");
                var bench = Bench.connect(server, "nats.user", "worker", "nats.password-file", password.toString())) {
            bench.handle(message -> {}, "mode", "core", "filter", "x");
            Connection first = bench.nats();
            server.stop();
            server.configure("authorization { user: worker, password: two }");
            server.restart();
            await().atMost(Duration.ofSeconds(20)).until(() -> first.getStatus() == Connection.Status.CLOSED);
            Files.writeString(password, "two");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> bench.client.keeper().isConnected());
            assertThat(bench.nats()).isNotSameAs(first);
            assertWorks(bench);
        }
    }

    @Test
    void a_secret_file_that_everybody_can_read_is_refused_until_it_is_closed() throws Exception {
        Path token = file("token", "t0ken\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
        try (var server = NatsServer.start("authorization { token: t0ken }")) {
            try (var bench =
                    Bench.connect(server, "nats.token-file", token.toString(), "nats.allow-readable-secrets", "true")) {
                assertWorks(bench);
            }
            try (var bench =
                    Bench.connect(server, "nats.token-file", token.toString(), "nats.wait-at-start", "300ms")) {
                awaitState(
                        bench,
                        state -> assertThat(state)
                                .contains("nats.token-file " + token
                                        + " is open to every user of this machine, rw-r--r--"));
                Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r-----"));
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> bench.client.keeper().isConnected());
            }
        }
    }

    @Test
    void a_missing_secret_file_is_named() throws Exception {
        try (var server = NatsServer.start();
                var bench = Bench.connect(server, "nats.token-file", "/nowhere/token", "nats.wait-at-start", "300ms")) {
            awaitState(bench, state -> assertThat(state).contains("nats.token-file /nowhere/token cannot be read"));
        }
    }

    @Test
    void the_start_goes_on_without_nats_and_everything_works_once_it_is_there() throws Exception {
        try (var server = NatsServer.prepare("");
                var bench = Bench.connect(
                        server,
                        "nats.wait-at-start",
                        "500ms",
                        "nats.streams.A.subjects",
                        "a.>",
                        "nats.key-value.b.ttl",
                        "1h")) {
            bench.handle(message -> {}, "stream", "A", "consumer", "c");
            awaitState(bench, state -> assertThat(state).contains(server.url()).containsIgnoringCase("refused"));
            server.restart();
            assertThat(bench.client.keyValue("b").put("k", "v")).isPositive(); // waits
            bench.publish("a.b", "x");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> bench.messages("A") == 1
                            && bench.consumer("A", "c").getAckFloor().getStreamSequence() == 1);
        }
    }

    @Test
    void who_waits_for_nats_at_the_stop_gets_an_exception() throws Exception {
        try (var server = NatsServer.prepare("")) {
            var bench = Bench.connect(server, "nats.wait-at-start", "100ms");
            var waiting = java.util.concurrent.CompletableFuture.supplyAsync(bench.client::connection);
            bench.close();
            assertThatThrownBy(() -> waiting.get(5, java.util.concurrent.TimeUnit.SECONDS))
                    .hasCauseInstanceOf(NatsException.class);
        }
    }

    @Test
    void a_connection_that_falls_silent_is_given_up() throws Exception {
        try (var server = NatsServer.start();
                var bench = Bench.connect(server, "nats.ping-interval", "PT0.2S")) {
            server.pause();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !bench.client.keeper().isConnected());
            server.resume();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> bench.client.keeper().isConnected());
        }
    }

    @Test
    void a_password_in_a_url_is_never_shown() throws Exception {
        try (var server = NatsServer.prepare("")) {
            String url = "nats://worker:hidden@127.0.0.1:" + server.port();
            try (var bench = Bench.connect(server, "nats.servers", url, "nats.wait-at-start", "500ms")) {
                assertThat(bench.client.keeper().state())
                        .contains("127.0.0.1:" + server.port())
                        .doesNotContain("hidden");
            }
        }
    }

    @Test
    void the_least_permissions_of_a_worker_are_enough() throws Exception {
        String users = """
                authorization { users: [
                  { user: boss, password: b }
                  { user: worker, password: w, permissions: {
                      publish: ["$JS.API.CONSUMER.MSG.NEXT.A.c", "$JS.API.CONSUMER.CREATE.A.>", "$JS.API.CONSUMER.DURABLE.CREATE.A.c",
                                "$JS.API.CONSUMER.INFO.A.c", "$JS.API.STREAM.INFO.A", "$JS.ACK.A.c.>"],
                      subscribe: ["_INBOX_worker.>"] } }
                ] }
                """;
        try (var server = NatsServer.start(users);
                var boss = Bench.connect(
                        server, "nats.user", "boss", "nats.password", "b", "nats.streams.A.subjects", "a.>");
                var worker = Bench.connect(
                        server,
                        "nats.user",
                        "worker",
                        "nats.password",
                        "w",
                        "nats.inbox-prefix",
                        "_INBOX_worker.",
                        "nats.manage",
                        "false",
                        "nats.streams.A.subjects",
                        "a.>")) {
            worker.handle(message -> {}, "stream", "A", "consumer", "c");
            boss.client.publish("a.b", new byte[] {1}, "id", Map.of());
            await().atMost(Duration.ofSeconds(10))
                    .ignoreExceptions()
                    .until(() -> boss.consumer("A", "c").getAckFloor().getStreamSequence() == 1);
        }
    }
}
