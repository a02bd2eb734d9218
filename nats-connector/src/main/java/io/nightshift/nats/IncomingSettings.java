package io.nightshift.nats;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.spi.ConnectorFactory;

/** The attributes of an incoming channel, checked. For their meaning see {@link NatsConnector}. */
record IncomingSettings(
        String channel,
        Mode mode,
        String stream,
        String consumer,
        List<String> filters,
        int pullers,
        Duration ackWait,
        Duration heartbeat,
        int maxDeliver,
        Backoff backoff,
        OptionalLong maxAckPending,
        Start start,
        Optional<Duration> startAge,
        Optional<String> queue,
        Optional<String> deadLetterSubject,
        int deadLetterMaxBodyBytes) {

    enum Mode {
        WORK,
        ORDERED,
        CORE
    }

    /** Where a consumer without a history begins. */
    enum Start {
        ALL,
        NEW,
        LAST_PER_SUBJECT
    }

    IncomingSettings {
        check(channel, mode == Mode.CORE || !stream.isEmpty(), "stream is missing");
        check(channel, mode != Mode.WORK || !consumer.isEmpty(), "consumer, the durable name, is missing");
        check(channel, mode != Mode.CORE || !filters.isEmpty(), "filter, the subjects to subscribe to, is missing");
        check(channel, mode == Mode.ORDERED || startAge.isEmpty(), "start-age needs mode=ordered");
        check(channel, mode == Mode.CORE || queue.isEmpty(), "queue needs mode=core");
        check(channel, pullers >= 1 && pullers <= 1000, "pullers must be 1 to 1000, not " + pullers);
        check(channel, mode == Mode.WORK || pullers == 1, "pullers need mode=work");
        check(channel, maxDeliver >= 0, "max-deliver must be 0 (no end) or more, not " + maxDeliver);
        check(
                channel,
                heartbeat.toMillis() > 0 && heartbeat.multipliedBy(2).compareTo(ackWait) <= 0,
                "heartbeat " + heartbeat + " must be at most half of ack-wait " + ackWait);
        check(channel, deadLetterMaxBodyBytes >= 0, "dead-letter-max-body-bytes must not be negative");
    }

    private static void check(String channel, boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("mp.messaging.incoming." + channel + ": " + otherwise);
        }
    }

    /** @throws IllegalArgumentException which names the channel and the attribute */
    static List<IncomingSettings> from(Config config) {
        List<String> values = list(config, "for-each");
        if (values.isEmpty()) {
            return List.of(read(config, ""));
        }
        String consumer = text(config, "consumer");
        String filter = text(config, "filter");
        if (values.size() > 1 && !(consumer + filter).contains("{}")) {
            throw new IllegalArgumentException(
                    "mp.messaging.incoming." + text(config, ConnectorFactory.CHANNEL_NAME_ATTRIBUTE)
                            + ": for-each needs {} in consumer and filter");
        }
        return values.stream().map(value -> read(config, value)).toList();
    }

    private static IncomingSettings read(Config config, String each) {
        return new IncomingSettings(
                text(config, ConnectorFactory.CHANNEL_NAME_ATTRIBUTE),
                choice(config, "mode", Mode.class, Mode.WORK),
                text(config, "stream"),
                text(config, "consumer").replace("{}", each),
                filters(config).stream()
                        .map(filter -> filter.replace("{}", each))
                        .toList(),
                config.getOptionalValue("pullers", Integer.class).orElse(1),
                duration(config, "ack-wait", "PT5M"),
                duration(config, "heartbeat", "PT20S"),
                config.getOptionalValue("max-deliver", Integer.class).orElse(5),
                new Backoff(backoff(config)),
                maxAckPending(config),
                choice(config, "deliver-policy", Start.class, Start.ALL),
                age(config),
                config.getOptionalValue("queue", String.class),
                config.getOptionalValue("dead-letter-subject", String.class),
                config.getOptionalValue("dead-letter-max-body-bytes", Integer.class)
                        .orElse(DeadLetter.MAX_BODY_BYTES));
    }

    /** Everything when absent: the server wants a filter for last-per-subject. */
    private static List<String> filters(Config config) {
        List<String> filters = list(config, "filter");
        boolean core = choice(config, "mode", Mode.class, Mode.WORK) == Mode.CORE;
        return filters.isEmpty() && !core ? List.of(">") : filters;
    }

    private static List<Duration> backoff(Config config) {
        List<String> steps = list(config, "backoff");
        return steps.isEmpty()
                ? Backoff.DEFAULT
                : steps.stream().map(step -> convert(config, "backoff", step)).toList();
    }

    private static Optional<Duration> age(Config config) {
        String age = text(config, "start-age");
        return age.isEmpty() ? Optional.empty() : Optional.of(convert(config, "start-age", age));
    }

    private static OptionalLong maxAckPending(Config config) {
        return config.getOptionalValue("max-ack-pending", Long.class)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    static String text(Config config, String name) {
        return config.getOptionalValue(name, String.class).orElse("").strip();
    }

    private static List<String> list(Config config, String name) {
        return Arrays.stream(text(config, name).split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    static Duration duration(Config config, String name, String otherwise) {
        return convert(config, name, config.getOptionalValue(name, String.class).orElse(otherwise));
    }

    private static Duration convert(Config config, String name, String value) {
        try {
            return config.getConverter(Duration.class).orElseThrow().convert(value);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(name + " is not a duration: " + value, e);
        }
    }

    static <E extends Enum<E>> E choice(Config config, String name, Class<E> type, E otherwise) {
        String value = text(config, name);
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            return Enum.valueOf(type, value.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            List<String> known = Arrays.stream(type.getEnumConstants())
                    .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .toList();
            throw new IllegalArgumentException(name + " must be one of " + known + ", not " + value, e);
        }
    }

    /** For people and logs. */
    String name() {
        return consumer.isEmpty() ? channel : channel + "/" + consumer;
    }
}
