package io.nightshift.snapshot.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nightshift.contract.NightId;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.Alert;
import io.nightshift.contract.event.Rejected;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.event.SnapshotSource.Kind;
import io.nightshift.contract.event.StartNight;
import io.nightshift.nats.LastValue;
import io.nightshift.nats.NatsClient;
import io.nightshift.nats.testing.NatsServerResource;
import io.nightshift.nats.testing.NeedsNatsServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The whole service with a real nats-server, on a host without ZFS. */
@NeedsNatsServer
@QuarkusTest
@QuarkusTestResource(NatsServerResource.class)
@QuarkusTestResource(value = CopyNightIT.HostWithoutZfs.class, restrictToAnnotatedClass = true)
class CopyNightIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Inject
    NatsClient nats;

    Path data;

    @Test
    void a_night_from_its_start_to_its_release_and_the_next_one() throws Exception {
        NightId first = new NightId("2026-04-17");
        Instant slot = Instant.now().minusSeconds(1);
        publish(Subjects.NIGHT_START, start(first, slot, "laptop"));
        SnapshotEvent.Ready ready = awaitReady(first);

        Path view = Path.of(ready.source().view().orElseThrow());
        assertThat(ready.source().kind()).isEqualTo(Kind.COPY);
        assertThat(ready.source().createdAt()).isAfter(slot);
        assertThat(Path.of(view + data.toString()).resolve("note.txt")).hasContent("written");
        LastValue message = last(Subjects.snapshotReady("laptop")).orElseThrow();
        assertThat(message.headers()).containsEntry("ce-type", List.of("nightshift.snapshot.ready"));

        await().atMost(LIMIT).until(() -> last(Subjects.alert(Alert.UNCOVERED)).isPresent());
        LastValue uncovered = last(Subjects.alert(Alert.UNCOVERED)).orElseThrow();
        assertThat(Wire.read(uncovered.body(), Alert.class))
                .returns("laptop" + data.resolveSibling("Vergessen"), Alert::about)
                .returns(false, Alert::over);

        publish(Subjects.NIGHT_START, start(first, slot, "laptop"));
        publish(Subjects.snapshotRelease("laptop"), new SnapshotEvent.Release("laptop", first, Instant.now()));
        await().atMost(LIMIT).until(() -> !Files.exists(view.resolve(".nightshift-held")));
        assertThat(last(Subjects.snapshotReady("laptop"))).get().returns(message.sequence(), LastValue::sequence);

        // Behind the last announcement; it must neither be taken for one, nor keep us from the next.
        for (var subject : List.of(Subjects.snapshotReady("laptop"), Subjects.snapshotFailed("laptop"))) {
            nats.publish(subject, "null".getBytes(UTF_8), UUID.randomUUID().toString(), Map.of());
        }
        LastValue strange = last(Subjects.snapshotReady("laptop")).orElseThrow();
        nats.publish(Subjects.NIGHT_START, new byte[0], UUID.randomUUID().toString(), Map.of());
        await().atMost(LIMIT).until(() -> !Files.exists(view));
        await().atMost(LIMIT)
                .until(() ->
                        !last(Subjects.snapshotReady("laptop")).orElseThrow().equals(strange));
        SnapshotEvent.Ready second =
                Wire.read(last(Subjects.snapshotReady("laptop")).orElseThrow().body(), SnapshotEvent.Ready.class);
        assertThat(second.night().isScheduled()).isFalse();
        assertThat(second.source().createdAt()).isAfterOrEqualTo(second.source().slot());

        Files.delete(data.resolveSibling("Vergessen").resolve("x"));
        nats.publish(Subjects.NIGHT_START, new byte[0], UUID.randomUUID().toString(), Map.of());
        await().atMost(LIMIT)
                .until(() -> Wire.read(
                                last(Subjects.alert(Alert.UNCOVERED))
                                        .orElseThrow()
                                        .body(),
                                Alert.class)
                        .over());
        assertThat(nats.lastPerSubject(Subjects.EVENTS_STREAM, Subjects.alert(Alert.DISK)))
                .isEmpty();
    }

    @Test
    void what_cannot_be_understood_is_rejected_and_what_is_for_others_is_left_alone() {
        NightId others = new NightId("2030-01-01");
        publish(Subjects.NIGHT_START, start(others, Instant.now(), "daedalus"));
        nats.publish(
                Subjects.NIGHT_START,
                "{\"night\":".getBytes(UTF_8),
                UUID.randomUUID().toString(),
                Map.of());

        await().atMost(LIMIT).until(() -> last(Subjects.REJECTED).isPresent());
        Rejected rejected = Wire.read(last(Subjects.REJECTED).orElseThrow().body(), Rejected.class);
        assertThat(rejected.subject()).isEqualTo(Subjects.NIGHT_START);
        assertThat(rejected.reason()).contains("not a StartNight");
        assertThat(last(Subjects.snapshotReady("laptop")).stream().toList())
                .allSatisfy(value -> assertThat(new String(value.body(), UTF_8)).doesNotContain(others.value()));
    }

    private static StartNight start(NightId night, Instant slot, String host) {
        return new StartNight(Optional.of(night), Optional.of(slot), Optional.empty(), List.of(host));
    }

    private void publish(String subject, Object message) {
        nats.publish(subject, Wire.write(message), UUID.randomUUID().toString(), Map.of());
    }

    private SnapshotEvent.Ready awaitReady(NightId night) {
        return await().atMost(LIMIT)
                .until(
                        () -> last(Subjects.snapshotReady("laptop"))
                                .map(value -> Wire.read(value.body(), SnapshotEvent.Ready.class)),
                        ready -> ready.filter(one -> one.night().equals(night)).isPresent())
                .orElseThrow();
    }

    private Optional<LastValue> last(String subject) {
        return nats.last(Subjects.EVENTS_STREAM, subject);
    }

    /** Its fleet file, data and views are in a folder of their own. */
    public static class HostWithoutZfs implements QuarkusTestResourceLifecycleManager {
        private Path data;

        @Override
        public Map<String, String> start() {
            try {
                Path folder = Files.createTempDirectory("Rechner ohne ZFS ");
                data = Files.createDirectories(folder.resolve("Daten/Notizen"));
                Files.writeString(data.resolve("note.txt"), "written");
                Files.writeString(
                        Files.createDirectories(data.resolveSibling("Vergessen"))
                                .resolve("x"),
                        "data");
                Path fleet = Files.writeString(folder.resolve("backups.yaml"), """
                        backup:
                          schedule: { zone: Europe/Berlin }
                          destinations:
                            local: { repository: "%1$s/repositories/{host}/{service}", password-file: "%1$s/password" }
                          hosts:
                            laptop:
                              snapshot: copy
                              coverage: ["%1$s/Daten"]
                              services:
                                notes: { paths: ["%2$s"] }
                        """.formatted(folder, data));
                return Map.of(
                        "nightshift.fleet",
                        fleet.toString(),
                        "nightshift.snapshot.host",
                        "laptop",
                        "nightshift.snapshot.view-root",
                        folder.resolve("views").toString(),
                        "nightshift.snapshot.disk-limit",
                        "100",
                        "nightshift.snapshot.clean-up-every",
                        "PT1S",
                        "quarkus.http.test-port",
                        "0");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void inject(TestInjector injector) {
            injector.injectIntoFields(data, field -> field.getName().equals("data"));
        }

        @Override
        public void stop() {
            // the operating system clears its temporary folder
        }
    }
}
