package io.nightshift.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
    private static final Instant AT = Instant.parse("2026-04-17T02:00:00Z");
    private final NatsMessageMetadata source = new NatsMessageMetadata(
            "job.a",
            Map.of("Nats-Msg-Id", List.of("j1"), "X", List.of("1", "2")),
            "JOBS",
            42,
            "workers",
            5,
            AT,
            Optional.empty());

    private JsonObject body(byte[] original, int limit) {
        return new JsonObject(
                new String(DeadLetter.body(source, original, "too bad", AT, limit), StandardCharsets.UTF_8));
    }

    @Test
    void it_says_what_where_and_why() {
        assertThat(body("{\"ä\":1}".getBytes(StandardCharsets.UTF_8), 100).getMap())
                .containsExactly(
                        Map.entry("subject", "job.a"),
                        Map.entry("reason", "too bad"),
                        Map.entry("stream", "JOBS"),
                        Map.entry("sequence", 42),
                        Map.entry("deliveries", 5),
                        Map.entry("consumer", "workers"),
                        Map.entry("at", "2026-04-17T02:00:00Z"),
                        Map.entry("body", "{\"ä\":1}"));
    }

    @Test
    void a_body_that_is_no_text_is_kept_in_base64() {
        JsonObject json = body(new byte[] {(byte) 0xff, 0}, 100);
        assertThat(json.getString("bodyBase64")).isEqualTo("/wA=");
        assertThat(json.containsKey("body")).isFalse();
    }

    @Test
    void a_long_body_is_cut_between_characters() {
        JsonObject json = body("aäää".getBytes(StandardCharsets.UTF_8), 4);
        assertThat(json.getString("body")).isEqualTo("aä");
        assertThat(json.getBoolean("bodyTruncated")).isTrue();
        assertThat(body("aä".getBytes(StandardCharsets.UTF_8), 3).containsKey("bodyTruncated"))
                .isFalse();
    }

    @Test
    void a_message_that_ends_in_half_a_character_is_no_text() {
        assertThat(body(new byte[] {'a', (byte) 0xc3}, 100).containsKey("bodyBase64"))
                .isTrue();
    }

    @Test
    void original_headers_lose_their_effect_but_not_their_values() {
        assertThat(DeadLetter.headers(source).toMap())
                .isEqualTo(Map.of("Dead-Letter-Nats-Msg-Id", List.of("j1"), "Dead-Letter-X", List.of("1", "2")));
    }

    @Test
    void the_message_id_is_the_same_for_each_try() {
        assertThat(DeadLetter.messageId(source)).isEqualTo("dead-letter.JOBS.42");
    }
}
