package io.nightshift.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class IncomingSettingsTest {
    private static List<IncomingSettings> read(String... attributes) {
        var map = Bench.map(attributes);
        map.put("channel-name", "jobs");
        return IncomingSettings.from(Bench.properties(map));
    }

    @Test
    void two_attributes_are_enough() {
        IncomingSettings settings =
                read("stream", "JOBS", "consumer", "workers").get(0);
        assertThat(settings.mode()).isEqualTo(IncomingSettings.Mode.WORK);
        assertThat(settings.filters()).containsExactly(">");
        assertThat(settings.pullers()).isEqualTo(1);
        assertThat(settings.ackWait()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.heartbeat()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.maxDeliver()).isEqualTo(5);
        assertThat(settings.backoff().steps()).isEqualTo(Backoff.DEFAULT);
        assertThat(settings.maxAckPending()).isEmpty();
        assertThat(settings.start()).isEqualTo(IncomingSettings.Start.ALL);
        assertThat(settings.deadLetterSubject()).isEmpty();
        assertThat(settings.deadLetterMaxBodyBytes()).isEqualTo(65536);
    }

    @Test
    void every_attribute_is_read() {
        IncomingSettings settings = read(
                        "stream",
                        "S",
                        "consumer",
                        "c",
                        "filter",
                        "a.>, b.*",
                        "pullers",
                        "3",
                        "ack-wait",
                        "2s",
                        "heartbeat",
                        "PT1S",
                        "max-deliver",
                        "0",
                        "backoff",
                        "1s, 2m",
                        "max-ack-pending",
                        "9",
                        "deliver-policy",
                        "last-per-subject",
                        "dead-letter-subject",
                        "dead",
                        "dead-letter-max-body-bytes",
                        "10")
                .get(0);
        assertThat(settings)
                .isEqualTo(new IncomingSettings(
                        "jobs",
                        IncomingSettings.Mode.WORK,
                        "S",
                        "c",
                        List.of("a.>", "b.*"),
                        3,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        0,
                        new Backoff(List.of(Duration.ofSeconds(1), Duration.ofMinutes(2))),
                        OptionalLong.of(9),
                        IncomingSettings.Start.LAST_PER_SUBJECT,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("dead"),
                        10));
    }

    @Test
    void for_each_makes_one_consumer_per_value() {
        var settings = read("stream", "S", "consumer", "w-{}", "filter", "job.*.{}", "for-each", "local, remote");
        assertThat(settings).extracting(IncomingSettings::consumer).containsExactly("w-local", "w-remote");
        assertThat(settings)
                .extracting(IncomingSettings::filters)
                .containsExactly(List.of("job.*.local"), List.of("job.*.remote"));
    }

    @Test
    void what_cannot_work_is_refused_with_channel_and_attribute() {
        refused("stream", "consumer", "c");
        refused("consumer", "stream", "S");
        refused("filter", "mode", "core");
        refused("mode must be one of [work, ordered, core]", "mode", "push", "stream", "S");
        refused(
                "heartbeat PT20S must be at most half of ack-wait PT30S",
                "stream",
                "S",
                "consumer",
                "c",
                "ack-wait",
                "30s");
        refused("ack-wait is not a duration: soon", "stream", "S", "consumer", "c", "ack-wait", "soon");
        refused("backoff is not a duration: x", "stream", "S", "consumer", "c", "backoff", "1s,x");
        refused("pullers", "stream", "S", "consumer", "c", "pullers", "0");
        refused("pullers need mode=work", "stream", "S", "mode", "ordered", "pullers", "2");
        refused("queue needs mode=core", "stream", "S", "consumer", "c", "queue", "q");
        refused("for-each needs {}", "stream", "S", "consumer", "c", "for-each", "a,b");
    }

    private static void refused(String message, String... attributes) {
        assertThatThrownBy(() -> read(attributes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
