package io.nightshift.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.Nats;
import io.nightshift.nats.testing.NatsServer;
import io.smallrye.mutiny.Multi;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PublishIT {
    private NatsServer server;
    private Bench bench;

    @BeforeEach
    void start() throws Exception {
        server = NatsServer.start();
        bench = Bench.connect(
                server,
                "nats.streams.STATE.subjects",
                "state.>",
                "nats.streams.STATE.max-messages-per-subject",
                "3",
                "nats.streams.STATE.allow-direct",
                "true",
                "nats.streams.LONG.subjects",
                "long.>",
                "nats.key-value.leases.ttl",
                "5m",
                "nats.publish-timeout",
                "15s");
    }

    @AfterEach
    void stop() throws Exception {
        bench.close();
        server.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_repeated_message_id_is_stored_once() throws Exception {
        bench.client.publish("state.a", bytes("1"), "same", Map.of("ce-type", "t"));
        bench.client.publish("state.a", bytes("1"), "same", Map.of("ce-type", "t"));
        assertThat(bench.messages("STATE")).isEqualTo(1);
        LastValue last = bench.client.last("STATE", "state.a").orElseThrow();
        assertThat(last.headers()).containsEntry("ce-type", List.of("t")).containsEntry("Nats-Msg-Id", List.of("same"));
    }

    @Test
    void a_publish_during_an_outage_is_confirmed_after_it_and_stored_once() throws Exception {
        server.kill();
        var publish = CompletableFuture.runAsync(() -> bench.publish("state.a", "late"));
        await().during(Duration.ofSeconds(1)).until(() -> !publish.isDone());
        server.restart();
        publish.get(15, TimeUnit.SECONDS);
        assertThat(bench.messages("STATE")).isEqualTo(1);
    }

    @Test
    void a_publish_that_no_stream_takes_fails_with_the_subject() throws Exception {
        bench.close();
        bench = Bench.connect(server, "nats.publish-timeout", "1s");
        assertThatThrownBy(() -> bench.publish("nobody.listens", "x"))
                .isInstanceOf(NatsException.class)
                .hasMessageContaining("nobody.listens");
    }

    @Test
    void last_values_come_with_everything() {
        Instant before = Instant.now().minusSeconds(60);
        for (int i = 0; i < 5; i++) {
            bench.publish("state.b", "b" + i);
            bench.publish("state.a", "a" + i);
        }
        LastValue last = bench.client.last("STATE", "state.b").orElseThrow();
        assertThat(last.body()).isEqualTo(bytes("b4"));
        assertThat(last.sequence()).isEqualTo(9);
        assertThat(last.timestamp()).isAfter(before);
        assertThat(bench.client.lastPerSubject("STATE", "state.*"))
                .extracting(value -> value.subject() + "=" + new String(value.body(), StandardCharsets.UTF_8))
                .containsExactly("state.b=b4", "state.a=a4");
        assertThat(bench.client.last("STATE", "state.none")).isEmpty();
        assertThat(bench.client.lastPerSubject("STATE", "state.none.>")).isEmpty();
    }

    @Test
    void the_newest_that_can_be_read_is_found_behind_others() {
        for (int i = 0; i < 50; i++) {
            bench.publish("long.a", i % 25 == 3 ? "good " + i : "bad");
        }
        Function<LastValue, Optional<String>> good = value ->
                Optional.of(new String(value.body(), StandardCharsets.UTF_8)).filter(text -> text.startsWith("good"));
        assertThat(bench.client.newest("LONG", "long.a", good)).contains("good 28");
        bench.publish("long.a", "good 50");
        assertThat(bench.client.newest("LONG", "long.a", good)).contains("good 50");
        assertThat(bench.client.newest("LONG", "long.none", good)).isEmpty();
    }

    @Test
    void the_history_of_a_subject_is_what_the_stream_has_kept_oldest_first() {
        for (int i = 0; i < 5; i++) {
            bench.publish("state.a", "a" + i);
            bench.publish("state.b", "b" + i);
        }
        assertThat(bench.client.history("STATE", "state.a"))
                .extracting(value -> new String(value.body(), StandardCharsets.UTF_8))
                .containsExactly("a2", "a3", "a4");
    }

    @Test
    void many_last_values_are_read_in_batches() throws Exception {
        for (int i = 0; i < 600; i++) {
            bench.client.publishCore("state.n" + i, bytes("x"), Map.of());
        }
        await().until(() -> bench.messages("STATE") == 600);
        assertThat(bench.client.lastPerSubject("STATE", "state.>")).hasSize(600);
    }

    @Test
    void a_bucket_is_asked_for_once_however_often_it_is_used() throws Exception {
        bench.client.keyValue("leases").put("repo", bytes("me"));
        try (var observer = Nats.connect(server.url())) {
            var questions = observer.subscribe("$JS.API.STREAM.INFO.>");
            observer.flush(Duration.ofSeconds(5));
            bench.client.keyValue("leases").put("repo", bytes("you"));
            assertThat(bench.client.keyValue("leases").get("repo").getValueAsString())
                    .isEqualTo("you");
            assertThat(questions.nextMessage(Duration.ofMillis(500))).isNull();
        }
    }

    @Test
    void a_bucket_gives_a_key_to_one_only() throws Exception {
        KeyValue leases = bench.client.keyValue("leases");
        long revision = leases.create("repo", bytes("me"));
        assertThatThrownBy(() -> leases.create("repo", bytes("you"))).isInstanceOf(JetStreamApiException.class);
        assertThat(leases.update("repo", bytes("me"), revision)).isGreaterThan(revision);
        assertThatThrownBy(() -> leases.update("repo", bytes("me"), revision))
                .isInstanceOf(JetStreamApiException.class);
        assertThat(leases.getStatus().getTtl()).isEqualTo(Duration.ofMinutes(5));
    }

    @SuppressWarnings("unchecked")
    private CompletableFuture<String> send(Object payload, Metadata metadata, String... attributes) {
        var outcome = new CompletableFuture<String>();
        var channel = Bench.map(attributes);
        channel.put("channel-name", "out");
        Message<Object> message = Message.of(
                payload,
                metadata,
                () -> {
                    outcome.complete("ack");
                    return CompletableFuture.completedStage(null);
                },
                failure -> {
                    outcome.complete("nack " + failure.getMessage());
                    return CompletableFuture.completedStage(null);
                });
        var subscriber = (Flow.Subscriber<Message<?>>) bench.connector.getSubscriber(Bench.properties(channel));
        Multi.createFrom().<Message<?>>items(message).subscribe().withSubscriber(subscriber);
        return outcome;
    }

    @Test
    void an_outgoing_message_is_acknowledged_when_it_is_stored() throws Exception {
        var metadata = NatsPublishMetadata.of("state.m").withMessageId("m1").withHeaders(Map.of("h", "v"));
        assertThat(send("text", Metadata.of(metadata)).get(5, TimeUnit.SECONDS)).isEqualTo("ack");
        LastValue stored = bench.client.last("STATE", "state.m").orElseThrow();
        assertThat(stored.body()).isEqualTo(bytes("text"));
        assertThat(stored.headers()).containsEntry("h", List.of("v")).containsEntry("Nats-Msg-Id", List.of("m1"));
        assertThat(send(bytes("raw"), Metadata.empty(), "subject", "state.d").get(5, TimeUnit.SECONDS))
                .isEqualTo("ack");
        assertThat(bench.client.last("STATE", "state.d").orElseThrow().headers())
                .containsKey("Nats-Msg-Id");
    }

    @Test
    void an_outgoing_message_that_cannot_be_sent_is_refused_with_the_reason() throws Exception {
        assertThat(send(5, Metadata.empty(), "subject", "state.d").get(5, TimeUnit.SECONDS))
                .startsWith("nack")
                .contains("java.lang.Integer");
        assertThat(send("x", Metadata.empty()).get(5, TimeUnit.SECONDS)).contains("subject");
        assertThat(send("x", Metadata.empty(), "subject", "nobody", "publish-timeout", "500ms")
                        .get(5, TimeUnit.SECONDS))
                .contains("nobody");
    }

    @Test
    void a_request_that_nobody_listens_to_fails_at_once() {
        assertThatThrownBy(() -> bench.client.request("ask.a", bytes("?"), Duration.ofSeconds(40)))
                .isInstanceOf(NobodyListensException.class)
                .hasMessageContaining("ask.a");
    }

    @Test
    void a_request_that_nobody_answers_ends_with_its_limit() throws Exception {
        bench.nats().subscribe("ask.a");
        assertThat(bench.client.request("ask.a", bytes("?"), Duration.ofMillis(200)))
                .isEmpty();
    }

    /** Two listen, as two processes would. */
    @Test
    void a_request_is_answered_by_one_of_its_queue() throws Exception {
        var asked = new CopyOnWriteArrayList<String>();
        for (var name : List.of("one", "two")) {
            bench.handle(
                    message -> {
                        asked.add(name);
                        var to = Bench.metadata(message).replyTo().orElseThrow();
                        bench.client.publishCore(to, bytes("answer to " + Bench.text(message)), Map.of());
                    },
                    "channel-name",
                    name,
                    "mode",
                    "core",
                    "filter",
                    "ask.>",
                    "queue",
                    "q");
        }
        await().untilAsserted(() -> assertThat(ask("0")).contains("answer to 0"));
        asked.clear();
        for (int i = 1; i <= 20; i++) {
            assertThat(ask("" + i)).contains("answer to " + i);
        }
        assertThat(asked).hasSize(20);
    }

    private Optional<String> ask(String question) {
        try {
            return bench.client
                    .request("ask.a", bytes(question), Duration.ofSeconds(10))
                    .map(answer -> new String(answer, StandardCharsets.UTF_8));
        } catch (NobodyListensException e) {
            return Optional.empty();
        }
    }

    @Test
    void core_messages_reach_a_core_channel() throws Exception {
        var got = new CompletableFuture<NatsMessageMetadata>();
        bench.handle(message -> got.complete(Bench.metadata(message)), "mode", "core", "filter", "progress.>");
        await().untilAsserted(() -> {
            assertThat(send("50 %", Metadata.empty(), "kind", "core", "subject", "progress.a")
                            .get(5, TimeUnit.SECONDS))
                    .isEqualTo("ack");
            assertThat(got.isDone()).isTrue();
        });
        assertThat(got.join().subject()).isEqualTo("progress.a");
        assertThat(got.join().delivered()).isEqualTo(1);
    }
}
