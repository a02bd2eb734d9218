package io.nightshift.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NatsConfigTest {
    @Test
    void nothing_need_be_set() {
        NatsConfig config = Bench.properties(Bench.map()).getConfigMapping(NatsConfig.class);
        assertThat(config.servers()).containsExactly("nats://127.0.0.1:4222");
        assertThat(config.manage()).isTrue();
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.pingInterval()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.reconnectWait()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.publishTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.drainTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.waitAtStart()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.streams()).isEmpty();
        assertThat(PemTls.wanted(config)).isFalse();
        assertThatCode(() -> Authentication.check(config)).doesNotThrowAnyException();
    }

    @Test
    void a_misspelt_name_stops_the_start() {
        assertThatThrownBy(() -> Bench.config("nats.sever", "x")).hasMessageContaining("nats.sever");
        assertThatThrownBy(() -> Bench.config("nats.streams.S.subjects", "a", "nats.streams.S.max-aeg", "1d"))
                .hasMessageContaining("max-aeg");
    }

    @Test
    void settings_of_a_stream_reach_the_server_in_its_terms() {
        NatsConfig.Stream stream = Bench.config(
                        "nats.streams.S.subjects", "a.>,b",
                        "nats.streams.S.retention", "work-queue",
                        "nats.streams.S.max-age", "90d",
                        "nats.streams.S.max-bytes", "10M",
                        "nats.streams.S.max-messages-per-subject", "7",
                        "nats.streams.S.max-message-size", "1M",
                        "nats.streams.S.duplicate-window", "1h",
                        "nats.streams.S.discard", "new",
                        "nats.streams.S.storage", "memory",
                        "nats.streams.S.allow-direct", "true",
                        "nats.streams.S.description", "words")
                .streams()
                .get("S");
        StreamConfiguration made = StreamSetup.create("S", stream);
        assertThat(made.getSubjects()).containsExactly("a.>", "b");
        assertThat(made.getRetentionPolicy()).isEqualTo(RetentionPolicy.WorkQueue);
        assertThat(made.getMaxAge()).isEqualTo(Duration.ofDays(90));
        assertThat(made.getMaxBytes()).isEqualTo(10 * 1024 * 1024);
        assertThat(made.getMaxMsgsPerSubject()).isEqualTo(7);
        assertThat(made.getMaximumMessageSize()).isEqualTo(1024 * 1024);
        assertThat(made.getDuplicateWindow()).isEqualTo(Duration.ofHours(1));
        assertThat(made.getStorageType()).isEqualTo(StorageType.Memory);
        assertThat(made.getAllowDirect()).isTrue();
        assertThat(made.getDescription()).isEqualTo("words");
    }

    @Test
    void a_change_leaves_alone_what_is_not_configured() {
        NatsConfig.Stream wanted = Bench.config("nats.streams.S.subjects", "b", "nats.streams.S.max-age", "1d")
                .streams()
                .get("S");
        StreamConfiguration existing = StreamConfiguration.builder()
                .name("S")
                .subjects("a")
                .maxMessages(5)
                .denyDelete(true)
                .build();
        StreamConfiguration changed = StreamSetup.change(existing, wanted);
        assertThat(changed.getMaxMsgs()).isEqualTo(5);
        assertThat(changed.getDenyDelete()).isTrue();
        List<String> differences = StreamSetup.differences(existing, changed);
        assertThat(differences)
                .hasSize(2)
                .anyMatch(text -> text.startsWith("subjects:"))
                .anyMatch(text -> text.startsWith("max_age:"));
        assertThat(StreamSetup.differences(changed, StreamSetup.change(changed, wanted)))
                .isEmpty();
    }

    @Test
    void only_one_way_of_authentication_and_no_half_of_one() {
        refused("nats.user and nats.token-file", "nats.user", "u", "nats.password", "p", "nats.token-file", "/t");
        refused("there are none", "nats.user", "u");
        refused("there are both", "nats.user", "u", "nats.password", "p", "nats.password-file", "/p");
        refused("not nats.user", "nats.password", "p");
    }

    private static void refused(String message, String... settings) {
        assertThatThrownBy(() -> Authentication.check(Bench.config(settings)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
