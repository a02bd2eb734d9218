package io.nightshift.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.NKey;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nightshift.nats.ConnectionOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * What each role of the bus cannot do, on a server with the settings of {@code deploy/nats/setup}. What they can do is shown by
 * {@link SeparateServicesIT}; what is done rarely is in the other table.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolesIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Map<String, User> users = new TreeMap<>();
    private Path work;
    private Path fleet;
    private Bus bus;
    private String listen;
    private Background server;

    /** A connection, and what the server has refused to it. */
    private record User(Connection nats, List<String> refusals) {}

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Programs.require("nats-server", "openssl");
        work = folder;
        fleet = Files.writeString(work.resolve("backups.yaml"), """
                backup:
                  schedule: { zone: UTC }
                  destinations:
                    local: { repository: "/nas/{host}/{service}", password-file: /run/secrets/restic }
                    remote: { repository: "/usb/{host}/{service}", password-file: /run/secrets/restic }
                  hosts:
                    alpha: { snapshot: copy, services: { app: { paths: [/app] } } }
                    beta: { snapshot: copy, services: { app: { paths: [/app] } } }
                """);
        bus = new Bus(work.resolve("Bus mit ü"));
        listen = "127.0.0.1:" + Background.freePort();
        setUp();
        startServer();
    }

    @AfterAll
    void stop() throws Exception {
        hangUp();
        server.close();
    }

    @ParameterizedTest(name = "{0} cannot {1} {2}")
    @CsvFileSource(resources = "/roles-cannot.csv", delimiter = '|', commentCharacter = '#')
    void a_role_is_refused_what_is_not_its_own(String user, String verb, String subject) throws Exception {
        assertThat(refusals(user, verb, subject))
                .singleElement()
                .asString()
                .startsWith("Permissions Violation")
                .contains('"' + subject + '"');
    }

    @ParameterizedTest(name = "{0} can {1} {2}")
    @CsvFileSource(resources = "/roles-can.csv", delimiter = '|', commentCharacter = '#')
    void a_role_may_do_what_no_other_test_does(String user, String verb, String subject) throws Exception {
        assertThat(refusals(user, verb, subject)).isEmpty();
    }

    @Test
    void a_worker_answers_who_has_asked_it() throws Exception {
        var worker = user("worker-alpha_local").nats();
        var answers = worker.createDispatcher(question -> worker.publish(question.getReplyTo(), question.getData()));
        answers.subscribe("backup.query.alpha.*.local", "query");
        worker.flush(LIMIT);

        var answer = user("scheduler").nats().request("backup.query.alpha.app.local", new byte[] {42}, LIMIT);

        assertThat(answer).isNotNull();
        assertThat(answer.getData()).containsExactly(42);
        worker.closeDispatcher(answers);
    }

    @Test
    void nobody_comes_in_without_a_key_or_by_an_unknown_one_or_without_tls() throws Exception {
        var settings = new HashMap<>(bus.settings("worker-alpha_local"));
        var stranger = work.resolve("stranger.nk");
        Programs.secret(stranger, new String(NKey.createUser(null).getSeed()));
        settings.put("NATS_NKEY_FILE", stranger.toString());
        assertThatThrownBy(() -> connect(ConnectionOptions.of(settings))).isInstanceOf(AuthenticationException.class);
        settings.remove("NATS_NKEY_FILE");
        assertThatThrownBy(() -> connect(ConnectionOptions.of(settings))).isInstanceOf(AuthenticationException.class);
        var plain = new Options.Builder().server("nats://" + listen).noReconnect();
        assertThatThrownBy(() -> connect(plain)).isInstanceOf(IOException.class);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            var greeting = new byte[4096];
            int length = socket.getInputStream().read(greeting);
            assertThat(new String(greeting, 0, length)).contains("\"tls_required\":true", "\"auth_required\":true");
        }
    }

    @Test
    void a_client_speaks_to_nobody_whose_certificate_is_not_of_this_authority() throws Exception {
        var other = new Bus(work.resolve("other"));
        other.setUp(fleet, "--listen", listen, "--split-workers");
        var settings = new HashMap<>(bus.settings("operator"));
        settings.put("NATS_TLS_CA_FILE", other.directory().resolve("ca.pem").toString());
        assertThatThrownBy(() -> connect(ConnectionOptions.of(settings)))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(AuthenticationException.class);
    }

    @Test
    void a_second_set_up_changes_nothing_and_a_rotated_key_opens_no_more() throws Exception {
        var before = files();
        setUp();
        assertThat(files()).isEqualTo(before);
        var old = work.resolve("old.nk");
        Files.copy(bus.directory().resolve("users/notifier.nk"), old);
        setUp("--rotate", "notifier");
        assertThat(files()).isNotEqualTo(before).hasSameSizeAs(before);
        server.close();
        startServer();
        connect(bus.as("notifier")).close();
        connect(bus.as("operator")).close();
        var settings = new HashMap<>(bus.settings("notifier"));
        settings.put("NATS_NKEY_FILE", old.toString());
        assertThatThrownBy(() -> connect(ConnectionOptions.of(settings))).isInstanceOf(AuthenticationException.class);
    }

    @Test
    void nobody_else_reads_what_was_made_and_the_server_holds_no_seed() throws Exception {
        try (var all = Files.walk(bus.directory())) {
            assertThat(all.filter(Files::isRegularFile)
                            .filter(file -> !file.startsWith(bus.directory().resolve("store"))))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
        var seed = Files.readString(bus.directory().resolve("users/admin.nk")).strip();
        assertThat(seed).startsWith("SU");
        assertThat(Files.readString(bus.directory().resolve("nats.conf"))).doesNotContain(seed);
    }

    private String setUp(String... more) throws Exception {
        var arguments = new ArrayList<>(List.of("--listen", listen, "--split-workers"));
        arguments.addAll(List.of(more));
        return bus.setUp(fleet, arguments.toArray(String[]::new));
    }

    private void startServer() throws IOException {
        hangUp();
        var settings = bus.directory().resolve("nats.conf").toString();
        server = Background.start(work.resolve("nats.log"), Map.of(), List.of("nats-server", "-c", settings));
        server.await(LIMIT, () -> {
            new Socket(InetAddress.getLoopbackAddress(), port()).close();
            return true;
        });
    }

    private int port() {
        return Integer.parseInt(listen.substring(listen.indexOf(':') + 1));
    }

    private void hangUp() {
        users.values().forEach(user -> {
            try {
                user.nats().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        users.clear();
    }

    private static Connection connect(Options.Builder options) throws IOException, InterruptedException {
        return Nats.connect(options.maxReconnects(0).connectionTimeout(LIMIT).build());
    }

    /** The server answers in order: what it had against the subject has arrived before the answer to the flush. */
    private List<String> refusals(String name, String verb, String subject) throws Exception {
        var user = user(name);
        user.refusals().clear();
        if (verb.equals("publish")) {
            user.nats().publish(subject, new byte[0]);
            user.nats().flush(LIMIT);
        } else {
            var subscription = user.nats().subscribe(subject);
            user.nats().flush(LIMIT);
            subscription.unsubscribe();
        }
        // The library tells its listener on another thread: after a refusal that is surely one, all before it are told.
        user.nats().publish("surely.refused", new byte[0]);
        user.nats().flush(LIMIT);
        Awaitility.await().atMost(LIMIT).until(() -> user.refusals().stream().anyMatch(RolesIT::isMarker));
        return user.refusals().stream().filter(refusal -> !isMarker(refusal)).toList();
    }

    private static boolean isMarker(String refusal) {
        return refusal.contains("surely.refused");
    }

    private User user(String name) throws Exception {
        var known = users.get(name);
        if (known != null) {
            return known;
        }
        var refusals = new CopyOnWriteArrayList<String>();
        var listener = new ErrorListener() {
            @Override
            public void errorOccurred(Connection connection, String error) {
                refusals.add(error);
            }
        };
        var user = new User(connect(bus.as(name).errorListener(listener)), refusals);
        users.put(name, user);
        return user;
    }

    private Map<Path, String> files() throws IOException {
        try (var all = Files.walk(bus.directory())) {
            var files = new TreeMap<Path, String>();
            for (var file : all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(bus.directory().resolve("store")))
                    .toList()) {
                files.put(file, Files.readString(file));
            }
            return files;
        }
    }
}
