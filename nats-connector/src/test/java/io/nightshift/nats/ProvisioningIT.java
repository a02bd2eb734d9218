package io.nightshift.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StreamConfiguration;
import io.nightshift.nats.testing.NatsServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProvisioningIT {
    private NatsServer server;

    @BeforeEach
    void start() {
        server = NatsServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static StreamConfiguration stream(Bench bench, String name) throws Exception {
        return bench.nats().jetStreamManagement().getStreamInfo(name).getConfiguration();
    }

    @Test
    void a_stream_and_a_bucket_are_updated_and_keep_their_messages() throws Exception {
        try (var before = Bench.connect(
                server,
                "nats.streams.A.subjects",
                "a.>",
                "nats.streams.A.max-age",
                "1h",
                "nats.key-value.b.ttl",
                "1h",
                "nats.key-value.b.history",
                "3")) {
            before.publish("a.1", "kept");
            before.client.keyValue("b").put("k", "kept");
        }
        try (var after = Bench.connect(
                server,
                "nats.streams.A.subjects",
                "a.>,c",
                "nats.streams.A.max-age",
                "30s",
                "nats.streams.A.duplicate-window",
                "10s",
                "nats.key-value.b.ttl",
                "2h")) {
            assertThat(stream(after, "A").getSubjects()).containsExactly("a.>", "c");
            assertThat(stream(after, "A").getMaxAge()).isEqualTo(Duration.ofSeconds(30));
            assertThat(after.messages("A")).isEqualTo(1);
            var bucket = after.client.keyValue("b").getStatus();
            assertThat(bucket.getTtl()).isEqualTo(Duration.ofHours(2));
            assertThat(bucket.getMaxHistoryPerKey()).isEqualTo(3);
            assertThat(after.client.keyValue("b").get("k").getValueAsString()).isEqualTo("kept");
        }
    }

    @Test
    void a_stream_whose_messages_live_shorter_than_the_usual_duplicate_window_can_be_made() throws Exception {
        try (var bench = Bench.connect(server, "nats.streams.A.subjects", "a", "nats.streams.A.max-age", "10s")) {
            assertThat(stream(bench, "A").getDuplicateWindow()).isEqualTo(Duration.ofSeconds(10));
        }
    }

    @Test
    void what_cannot_be_changed_stays_and_the_other_streams_are_set_up_all_the_same() throws Exception {
        Bench.connect(server, "nats.streams.A.subjects", "a").close();
        try (var bench = Bench.connect(
                server,
                "nats.streams.A.subjects",
                "a",
                "nats.streams.A.retention",
                "work-queue",
                "nats.streams.Z.subjects",
                "z")) {
            assertThat(bench.client.keeper().isConnected()).isTrue();
            assertThat(stream(bench, "A").getRetentionPolicy()).isEqualTo(RetentionPolicy.Limits);
            assertThat(stream(bench, "Z").getSubjects()).containsExactly("z");
        }
    }

    @Test
    void streams_lost_with_the_servers_disk_are_made_again_after_the_reconnect() throws Exception {
        try (var bench = Bench.connect(
                server,
                "nats.streams.A.subjects",
                "a",
                "nats.streams.A.storage",
                "memory",
                "nats.key-value.b.storage",
                "memory")) {
            server.stop();
            server.restart(); // a stream in memory does not survive that
            await().atMost(Duration.ofSeconds(10)).ignoreExceptions().untilAsserted(() -> {
                assertThat(stream(bench, "A").getSubjects()).containsExactly("a");
                assertThat(bench.client.keyValue("b").put("k", "v")).isPositive();
            });
        }
    }

    @Test
    void a_client_that_may_not_create_waits_until_others_have() throws Exception {
        try (var waiting = Bench.connect(
                server, "nats.streams.A.subjects", "a", "nats.manage", "false", "nats.wait-at-start", "1s")) {
            assertThat(waiting.client.keeper().isConnected()).isFalse();
            assertThat(waiting.client.keeper().state()).contains("stream A is missing");
            try (var owner = Bench.connect(server, "nats.streams.A.subjects", "a,b")) {
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> waiting.client.keeper().isConnected());
                assertThat(stream(owner, "A").getSubjects()).containsExactly("a", "b");
            }
        }
    }
}
