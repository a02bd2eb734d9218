package io.nightshift.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nightshift.contract.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each service with the key of its role: the bus allows them all that they need. */
class SeparateServicesIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    Path work;

    private final List<Message> events = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void programs() {
        Programs.require("restic", "nats-server", "openssl");
    }

    @Test
    void a_night_upkeep_a_question_and_a_restore_need_no_more_than_the_roles_have() throws Exception {
        Files.writeString(Files.createDirectories(work.resolve("data")).resolve("note"), "worth keeping");
        var fleet = OneDisk.fleet(work, "right", "notes: { paths: [\"WORK/data\"] }");
        try (var services = new SeparateServices(work, fleet)) {
            for (var service : SeparateServices.ALL) {
                services.start(service, Programs.PROJECT);
            }
            services.awaitReady();
            try (var nats = services.operator()) {
                nats.createDispatcher(this::note).subscribe("backup.>");
                use(nats);
            }
            assertThat(Files.readString(services.serverLog())).doesNotContainIgnoringCase("violation");
        }
        assertThat(events)
                .extracting(event -> event.getHeaders().getFirst("ce-type"))
                .contains(
                        "nightshift.snapshot.ready",
                        "nightshift.job.backup",
                        "nightshift.status.succeeded",
                        "nightshift.restore.succeeded");
        assertThat(events)
                .allSatisfy(event -> assertThat(event.getHeaders().getFirst("ce-nightshiftversion"))
                        .isEqualTo(Version.OWN));
    }

    /** What we publish as a CloudEvent; what the test publishes, and progress, is none. */
    private void note(Message message) {
        if (message.hasHeaders() && message.getHeaders().containsKey("ce-type")) {
            events.add(message);
        }
    }

    private static void use(Connection nats) throws Exception {
        var backups = nats.subscribe("backup.status.>");
        var upkeep = nats.subscribe("backup.upkeep.>");
        var restores = nats.subscribe("backup.restored.>");
        nats.flush(LIMIT);
        publish(nats, "backup.night.start", "");
        awaitSuccess(backups);
        publish(nats, "backup.request.here.notes.disk", "{\"work\":\"forget\"}");
        awaitSuccess(upkeep);
        var answer = nats.request("backup.query.here.notes.disk", new byte[0], LIMIT);
        assertThat(text(answer)).contains("\"total\":1");
        publish(nats, "backup.restore.here.notes.disk", "");
        awaitSuccess(restores);
    }

    /** @param snapshots that the repository then has */
    static void backUp(Connection nats, String subject, String body, int snapshots) throws Exception {
        var ends = nats.subscribe("backup.status.>");
        nats.flush(LIMIT);
        publish(nats, subject, body);
        awaitSuccess(ends);
        ends.unsubscribe();
        var answer = nats.request("backup.query.here.notes.disk", new byte[0], LIMIT);
        assertThat(text(answer)).contains("\"total\":" + snapshots);
    }

    static void restore(Connection nats) throws Exception {
        var ends = nats.subscribe("backup.restored.>");
        nats.flush(LIMIT);
        publish(nats, "backup.restore.here.notes.disk", "");
        awaitSuccess(ends);
        ends.unsubscribe();
    }

    static void publish(Connection nats, String subject, String body) throws Exception {
        nats.jetStream().publish(subject, body.getBytes(StandardCharsets.UTF_8));
    }

    static void awaitSuccess(Subscription subscription) throws InterruptedException {
        var state = "";
        while (!state.contains("\"state\":\"succeeded\"")) {
            var message = subscription.nextMessage(LIMIT);
            assertThat(message).as("after " + state).isNotNull();
            state = text(message);
            assertThat(state).doesNotContain("\"state\":\"failed\"");
        }
    }

    private static String text(Message message) {
        return new String(message.getData(), StandardCharsets.UTF_8);
    }
}
