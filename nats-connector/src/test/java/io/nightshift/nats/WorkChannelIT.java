package io.nightshift.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.api.MessageInfo;
import io.nightshift.nats.testing.NatsServer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class WorkChannelIT {
    private static final String[] SHORT = {
        "stream",
        "JOBS",
        "consumer",
        "workers",
        "filter",
        "job.>",
        "ack-wait",
        "2s",
        "heartbeat",
        "500ms",
        "backoff",
        "300ms,900ms",
        "max-deliver",
        "3",
        "dead-letter-subject",
        "dead.jobs"
    };

    private final List<NatsMessageMetadata> seen = new CopyOnWriteArrayList<>();
    private NatsServer server;
    private Bench bench;

    @BeforeEach
    void start() throws Exception {
        server = NatsServer.start();
        bench = Bench.connect(
                server,
                "nats.streams.JOBS.subjects",
                "job.>",
                "nats.streams.JOBS.retention",
                "work-queue",
                "nats.streams.DEAD.subjects",
                "dead.>");
    }

    @AfterEach
    void stop() throws Exception {
        bench.close();
        server.close();
    }

    private static String[] with(String... more) {
        String[] all = new String[SHORT.length + more.length];
        System.arraycopy(SHORT, 0, all, 0, SHORT.length);
        System.arraycopy(more, 0, all, SHORT.length, more.length);
        return all;
    }

    private long ackPending() throws Exception {
        return bench.consumer("JOBS", "workers").getNumAckPending();
    }

    private void awaitAllSettled() {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(bench.messages("JOBS")).isZero();
            assertThat(ackPending()).isZero();
        });
    }

    @Test
    void two_pullers_run_two_handlers_at_once_and_hold_no_third_message() throws Exception {
        for (int i = 0; i < 10; i++) {
            bench.publish("job.a", "job " + i);
        }
        CountDownLatch bothRun = new CountDownLatch(2);
        CountDownLatch release = new CountDownLatch(1);
        bench.handle(
                message -> {
                    seen.add(Bench.metadata(message));
                    bothRun.countDown();
                    release.await();
                },
                with("pullers", "2"));
        assertThat(bothRun.await(10, TimeUnit.SECONDS)).isTrue();
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(4)).untilAsserted(() -> {
            assertThat(ackPending()).isEqualTo(2);
            assertThat(bench.consumer("JOBS", "workers").getNumPending()).isEqualTo(8);
        });
        release.countDown();
        awaitAllSettled();
        assertThat(seen).hasSize(10).allMatch(message -> message.delivered() == 1);
    }

    @Test
    void a_handler_that_runs_longer_than_ack_wait_keeps_its_message() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        bench.handle(
                message -> {
                    seen.add(Bench.metadata(message));
                    release.await();
                },
                with("pullers", "2")); // the second one would get it
        bench.publish("job.a", "long");
        await().during(Duration.ofSeconds(6))
                .atMost(Duration.ofSeconds(8))
                .failFast(() -> seen.size() > 1)
                .until(() -> seen.size() <= 1);
        release.countDown();
        awaitAllSettled();
        assertThat(seen).hasSize(1);
    }

    @Test
    void a_failure_is_retried_by_the_backoff_and_ends_in_the_dead_letters() throws Exception {
        List<Instant> times = new CopyOnWriteArrayList<>();
        bench.handle(
                message -> {
                    times.add(Instant.now());
                    throw new IllegalStateException("disk full");
                },
                SHORT);
        bench.publish("job.a", "body");
        await().atMost(Duration.ofSeconds(20)).until(() -> bench.messages("DEAD") == 1);
        awaitAllSettled();
        assertThat(times).hasSize(3);
        assertThat(Duration.between(times.get(0), times.get(1)))
                .isBetween(Duration.ofMillis(290), Duration.ofMillis(900));
        assertThat(Duration.between(times.get(1), times.get(2))).isGreaterThan(Duration.ofMillis(890));
        MessageInfo dead = bench.nats().jetStreamManagement().getLastMessage("DEAD", "dead.jobs");
        JsonObject json = new JsonObject(new String(dead.getData(), StandardCharsets.UTF_8));
        assertThat(json.getString("subject")).isEqualTo("job.a");
        assertThat(json.getString("reason")).contains("disk full");
        assertThat(json.getInteger("deliveries")).isEqualTo(3);
        assertThat(json.getString("body")).isEqualTo("body");
        assertThat(dead.getHeaders().containsKey("Dead-Letter-Nats-Msg-Id")).isTrue();
    }

    @Test
    void a_hopeless_message_goes_to_the_dead_letters_at_once() throws Exception {
        bench.handle(
                message -> {
                    seen.add(Bench.metadata(message));
                    throw new DeadLetterException("not JSON");
                },
                SHORT);
        bench.publish("job.a", "{");
        await().atMost(Duration.ofSeconds(10)).until(() -> bench.messages("DEAD") == 1);
        awaitAllSettled();
        assertThat(seen).hasSize(1);
    }

    @Test
    void a_handler_may_ask_for_another_time_more_often_than_max_deliver() throws Exception {
        bench.handle(
                message -> {
                    seen.add(Bench.metadata(message));
                    if (seen.size() < 5) {
                        throw new RetryLaterException(Duration.ofMillis(50), "destination busy", null);
                    }
                },
                SHORT);
        bench.publish("job.a", "later");
        awaitAllSettled();
        assertThat(seen).extracting(NatsMessageMetadata::delivered).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(bench.messages("DEAD")).isZero();
    }

    @Test
    void without_room_for_the_dead_letter_the_message_stays() throws Exception {
        bench.close();
        bench = Bench.connect(server, "nats.publish-timeout", "500ms");
        bench.nats().jetStreamManagement().deleteStream("DEAD");
        bench.handle(
                message -> {
                    seen.add(Bench.metadata(message));
                    throw new DeadLetterException("no");
                },
                SHORT);
        bench.publish("job.a", "kept");
        await().atMost(Duration.ofSeconds(20)).until(() -> seen.size() >= 2);
        assertThat(bench.messages("JOBS")).isEqualTo(1);
    }

    @Test
    void a_handler_that_ends_while_the_server_is_away_is_acknowledged_after_its_return() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        bench.handle(
                message -> {
                    seen.add(Bench.metadata(message));
                    running.countDown();
                    release.await();
                },
                with("ack-wait", "30s"));
        bench.publish("job.a", "x");
        assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
        server.stop();
        await().until(() -> !bench.client.keeper().isConnected());
        release.countDown();
        // longer than one try to acknowledge
        await().during(Duration.ofSeconds(6)).until(() -> !bench.client.keeper().isConnected());
        server.restart();
        awaitAllSettled();
        bench.publish("job.a", "and the next");
        awaitAllSettled();
        assertThat(seen).hasSize(2).allMatch(message -> message.delivered() == 1);
    }

    /** Without the second look the only puller would wait for ever for a confirmation that cannot come. */
    @Test
    void a_delivery_that_the_server_forgot_in_a_crash_is_made_again() throws Exception {
        bench.publish("job.a", "x");
        var workers =
                WorkSource.consumer(IncomingSettings.from(Bench.properties(Bench.map(with("channel-name", "work"))))
                        .get(0));
        bench.nats().jetStreamManagement().addOrUpdateConsumer("JOBS", workers);
        server.stop();
        server.saveStore();
        server.restart();
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        bench.handle(
                message -> {
                    seen.add(Bench.metadata(message));
                    running.countDown();
                    release.await();
                },
                SHORT);
        assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
        server.kill();
        server.restoreStore();
        server.restart();
        release.countDown();
        awaitAllSettled();
        assertThat(seen).hasSize(2);
    }

    @Test
    void work_goes_on_after_a_restart_of_the_server_and_readiness_says_when() throws Exception {
        bench.handle(message -> seen.add(Bench.metadata(message)), with("pullers", "3"));
        var readiness = new NatsReadiness(bench.client, bench.connector);
        assertThat(readiness.call().getStatus()).hasToString("UP");
        server.stop();
        await().untilAsserted(() -> {
            assertThat(readiness.call().getStatus()).hasToString("DOWN");
            assertThat(readiness
                            .call()
                            .getData()
                            .orElseThrow()
                            .get("connection")
                            .toString())
                    .contains("not connected to [" + server.url() + "]");
        });
        server.restart();
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(readiness.call().getStatus()).hasToString("UP"));
        bench.publish("job.a", "x");
        awaitAllSettled();
        assertThat(seen).hasSize(1);
    }

    @Test
    void a_deleted_consumer_and_a_deleted_stream_are_made_again() throws Exception {
        bench.handle(message -> seen.add(Bench.metadata(message)), SHORT);
        bench.publish("job.a", "1");
        awaitAllSettled();
        bench.nats().jetStreamManagement().deleteConsumer("JOBS", "workers");
        bench.publish("job.a", "2");
        await().atMost(Duration.ofSeconds(20)).until(() -> seen.size() == 2);
        bench.nats().jetStreamManagement().deleteStream("JOBS");
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> ackPending() == 0);
        bench.publish("job.a", "3");
        await().atMost(Duration.ofSeconds(20)).until(() -> seen.size() == 3);
        awaitAllSettled();
    }

    @Test
    void an_acknowledgement_for_a_deleted_consumer_does_not_hold_the_puller() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        bench.handle(
                message -> {
                    seen.add(Bench.metadata(message));
                    running.countDown();
                    release.await();
                },
                SHORT);
        bench.publish("job.a", "1");
        assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
        bench.nats().jetStreamManagement().deleteConsumer("JOBS", "workers");
        release.countDown();
        await().atMost(Duration.ofSeconds(20)).until(() -> seen.size() >= 2);
        awaitAllSettled();
    }

    @Test
    void a_flood_is_told_in_groups_and_what_is_behind_it_does_not_wait_for_long() throws Exception {
        for (int i = 0; i < 2000; i++) {
            bench.nats().publish("job.bad", "bad".getBytes(StandardCharsets.UTF_8));
        }
        bench.publish("job.good", "good");
        CountDownLatch good = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        bench.handle(
                message -> {
                    if (Bench.text(message).equals("bad")) {
                        throw new DeadLetterException("no", null);
                    }
                    good.countDown();
                    told.await();
                },
                SHORT);
        assertThat(good.await(20, TimeUnit.SECONDS)).isTrue();
        // Before the end of a handler that takes its time.
        await().atMost(Duration.ofSeconds(10)).until(() -> ackPending() == 1);
        told.countDown();
        awaitAllSettled();
        assertThat(bench.messages("DEAD")).isBetween(60L, 200L);
        assertThat(rejected()).isEqualTo(2000);
    }

    /** One for each dead letter, or as many as it says. */
    private int rejected() throws Exception {
        int sum = 0;
        for (long sequence = 1; sequence <= bench.messages("DEAD"); sequence++) {
            var dead = bench.nats().jetStreamManagement().getMessage("DEAD", sequence);
            var words = new JsonObject(new String(dead.getData(), StandardCharsets.UTF_8)).getString("reason");
            sum += words.equals("no") ? 1 : Integer.parseInt(words.substring(0, words.indexOf(' ')));
        }
        return sum;
    }

    @Test
    void settings_of_the_consumer_are_updated_and_what_cannot_be_is_said() throws Exception {
        bench.handle(message -> {}, "stream", "DEAD", "consumer", "c", "ack-wait", "2s", "heartbeat", "1s");
        await().ignoreExceptions().until(() -> bench.consumer("DEAD", "c") != null);
        bench.handle(
                message -> {},
                "stream",
                "DEAD",
                "consumer",
                "c",
                "ack-wait",
                "7s",
                "heartbeat",
                "1s",
                "max-ack-pending",
                "11");
        await().untilAsserted(() -> {
            var consumer = bench.consumer("DEAD", "c").getConsumerConfiguration();
            assertThat(consumer.getAckWait()).isEqualTo(Duration.ofSeconds(7));
            assertThat(consumer.getMaxAckPending()).isEqualTo(11);
            assertThat(consumer.getMaxDeliver()).isEqualTo(-1);
        });
        bench.handle(
                message -> {}, "channel-name", "third", "stream", "DEAD", "consumer", "c", "deliver-policy", "new");
        await().untilAsserted(() -> {
            assertThat(bench.connector.problem().orElse("")).contains("third/c").contains("nats consumer rm DEAD c");
            assertThat(new NatsReadiness(bench.client, bench.connector).call().getStatus())
                    .hasToString("DOWN");
        });
    }

    @Test
    void for_each_value_a_consumer_and_none_waits_for_the_other() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        bench.handle(
                message -> {
                    seen.add(Bench.metadata(message));
                    if (message.getMetadata(NatsMessageMetadata.class)
                            .orElseThrow()
                            .subject()
                            .equals("job.slow")) {
                        release.await();
                    }
                },
                with("consumer", "w-{}", "filter", "job.{}", "for-each", "slow,quick"));
        bench.publish("job.slow", "1");
        await().until(() -> seen.size() == 1);
        bench.publish("job.quick", "2");
        bench.publish("job.quick", "3");
        await().untilAsserted(() -> assertThat(
                        bench.consumer("JOBS", "w-quick").getAckFloor().getConsumerSequence())
                .isEqualTo(2));
        release.countDown();
        await().until(() -> bench.messages("JOBS") == 0);
    }

    @Test
    void a_stop_takes_no_further_message_and_lets_the_handler_acknowledge() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch stopSeen = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        bench.client.onStopping(stopSeen::countDown);
        bench.handle(
                message -> {
                    seen.add(Bench.metadata(message));
                    running.countDown();
                    stopSeen.await();
                    release.await();
                },
                with("pullers", "2"));
        bench.publish("job.a", "in work");
        assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
        bench.client.beginStopping();
        assertThat(bench.client.stopping()).isTrue();
        try (Bench other = Bench.connect(server)) {
            List<String> elsewhere = new CopyOnWriteArrayList<>();
            other.handle(message -> elsewhere.add(Bench.text(message)), SHORT);
            var drain = CompletableFuture.runAsync(this::drain);
            bench.publish("job.a", "for the other process");
            // longer than ack-wait: without heartbeats the other one would get the message in work too
            await().during(Duration.ofSeconds(4)).until(() -> !drain.isDone() && elsewhere.size() <= 1);
            release.countDown();
            drain.get(5, TimeUnit.SECONDS);
            assertThat(ackPending()).isZero();
            assertThat(bench.messages("JOBS")).isZero();
            assertThat(elsewhere).containsExactly("for the other process");
            assertThat(seen).hasSize(1);
        }
    }

    private void drain() {
        try {
            bench.connector.drain(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
