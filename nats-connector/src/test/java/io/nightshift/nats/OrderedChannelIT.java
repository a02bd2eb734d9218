package io.nightshift.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nightshift.nats.testing.NatsServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OrderedChannelIT {
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private NatsServer server;
    private Bench bench;

    @BeforeEach
    void start() throws Exception {
        server = NatsServer.start();
        bench = Bench.connect(server, "nats.streams.EVENTS.subjects", "event.>");
    }

    @AfterEach
    void stop() throws Exception {
        bench.close();
        server.close();
    }

    private void read(String policy) {
        bench.handle(
                message -> seen.add(Bench.text(message)),
                "mode",
                "ordered",
                "stream",
                "EVENTS",
                "deliver-policy",
                policy);
    }

    private void awaitSeen(String... bodies) {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(seen).containsExactly(bodies));
    }

    @Test
    void all_come_in_order_through_restarts_and_none_twice() {
        IntStream.range(0, 50).forEach(i -> bench.publish("event.a", "e" + i));
        read("all");
        await().until(() -> seen.size() >= 20);
        server.kill();
        server.restart();
        IntStream.range(50, 60).forEach(i -> bench.publish("event.a", "e" + i));
        awaitSeen(IntStream.range(0, 60).mapToObj(i -> "e" + i).toArray(String[]::new));
    }

    @Test
    void many_are_asked_for_at_once() throws Exception {
        var asked = bench.nats().subscribe("$JS.API.CONSUMER.MSG.NEXT.EVENTS.*");
        IntStream.range(0, 250).forEach(i -> bench.publish("event.a", "e" + i));
        read("all");
        awaitSeen(IntStream.range(0, 250).mapToObj(i -> "e" + i).toArray(String[]::new));
        bench.nats().flush(Duration.ofSeconds(5));
        assertThat(asked.getPendingMessageCount()).isLessThanOrEqualTo(3);
    }

    @Test
    void the_last_of_each_subject_come_first_then_what_is_new() {
        List.of("1", "2", "3").forEach(body -> bench.publish("event.a", "a" + body));
        bench.publish("event.b", "b1");
        read("last-per-subject");
        awaitSeen("a3", "b1");
        bench.publish("event.a", "a4");
        awaitSeen("a3", "b1", "a4");
    }

    @Test
    void what_is_older_than_the_age_is_left_out() throws Exception {
        bench.publish("event.a", "old");
        var published = java.time.Instant.now();
        await().until(() -> java.time.Instant.now().isAfter(published.plusSeconds(3)));
        bench.publish("event.a", "young");
        bench.handle(
                message -> seen.add(Bench.text(message)), "mode", "ordered", "stream", "EVENTS", "start-age", "PT2S");
        awaitSeen("young");
        bench.publish("event.a", "new");
        awaitSeen("young", "new");
    }

    @Test
    void new_means_after_the_start_even_when_the_server_restarts_before_the_first() throws Exception {
        bench.publish("event.a", "old");
        read("new");
        await().until(() ->
                !bench.nats().jetStreamManagement().getConsumerNames("EVENTS").isEmpty());
        server.kill();
        server.restart();
        bench.publish("event.a", "new");
        awaitSeen("new");
    }

    @Test
    void a_stream_that_was_deleted_and_made_again_is_read_from_its_start() throws Exception {
        bench.publish("event.a", "1");
        bench.publish("event.a", "2");
        read("all");
        awaitSeen("1", "2");
        bench.nats().jetStreamManagement().deleteStream("EVENTS");
        await().atMost(Duration.ofSeconds(15)).ignoreExceptions().until(() -> bench.messages("EVENTS") == 0);
        bench.publish("event.a", "3");
        awaitSeen("1", "2", "3");
    }

    @Test
    void a_deleted_consumer_is_made_again_behind_the_last_message() throws Exception {
        bench.publish("event.a", "1");
        read("all");
        awaitSeen("1");
        var management = bench.nats().jetStreamManagement();
        management.deleteConsumer(
                "EVENTS", management.getConsumerNames("EVENTS").get(0));
        bench.publish("event.a", "2");
        awaitSeen("1", "2");
    }

    @Test
    void a_failing_handler_does_not_end_the_channel() {
        bench.handle(
                message -> {
                    seen.add(Bench.text(message));
                    throw new IllegalStateException("cannot read this");
                },
                "mode",
                "ordered",
                "stream",
                "EVENTS");
        bench.publish("event.a", "1");
        bench.publish("event.a", "2");
        awaitSeen("1", "2");
    }
}
