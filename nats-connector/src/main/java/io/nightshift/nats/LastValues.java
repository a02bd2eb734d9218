package io.nightshift.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads messages of subjects out of a stream, all of them or the last of each. */
final class LastValues {
    private static final int BATCH = 250;
    /** Of messages that may be as large as the server takes. */
    private static final int SMALL_BATCH = 20;

    private static final Duration BATCH_LIMIT = Duration.ofSeconds(5);

    private LastValues() {}

    static Optional<LastValue> last(Connection connection, String stream, String subject)
            throws IOException, JetStreamApiException {
        return ApiErrors.ifPresent(() -> connection.jetStreamManagement().getLastMessage(stream, subject))
                .map(LastValues::value);
    }

    /** @param read empty: not this one */
    static <T> Optional<T> newest(
            Connection connection, String stream, String subject, Function<LastValue, Optional<T>> read)
            throws IOException, JetStreamApiException {
        Optional<LastValue> last = last(connection, stream, subject);
        Optional<T> readable = last.flatMap(read);
        if (last.isEmpty() || readable.isPresent()) {
            return readable; // without a consumer, which a user of few permissions may not create
        }
        List<T> newest = new ArrayList<>();
        read(
                connection,
                stream,
                subject,
                DeliverPolicy.All,
                SMALL_BATCH,
                value -> read.apply(value).ifPresent(found -> {
                    newest.clear();
                    newest.add(found);
                }));
        return newest.stream().findFirst();
    }

    static List<LastValue> perSubject(Connection connection, String stream, String filter)
            throws IOException, JetStreamApiException {
        return read(connection, stream, filter, DeliverPolicy.LastPerSubject);
    }

    static List<LastValue> all(Connection connection, String stream, String filter)
            throws IOException, JetStreamApiException {
        return read(connection, stream, filter, DeliverPolicy.All);
    }

    private static List<LastValue> read(Connection connection, String stream, String filter, DeliverPolicy which)
            throws IOException, JetStreamApiException {
        List<LastValue> values = new ArrayList<>();
        read(connection, stream, filter, which, BATCH, values::add);
        return values;
    }

    private static void read(
            Connection connection,
            String stream,
            String filter,
            DeliverPolicy which,
            int batch,
            Consumer<LastValue> values)
            throws IOException, JetStreamApiException {
        ConsumerConfiguration ephemeral = ConsumerConfiguration.builder()
                .ackPolicy(AckPolicy.None)
                .deliverPolicy(which)
                .filterSubject(filter)
                .memStorage(true)
                .numReplicas(1)
                .inactiveThreshold(Duration.ofMinutes(1))
                .build();
        PullSubscribeOptions options = PullSubscribeOptions.builder().stream(stream)
                .configuration(ephemeral)
                .build();
        JetStreamSubscription subscription = connection.jetStream().subscribe(null, options);
        try {
            readAll(subscription, batch, values);
        } finally {
            subscription.unsubscribe();
        }
    }

    private static void readAll(JetStreamSubscription subscription, int most, Consumer<LastValue> values)
            throws IOException, JetStreamApiException {
        long left = subscription.getConsumerInfo().getNumPending();
        while (left > 0) {
            List<Message> batch = subscription.fetch((int) Math.min(most, left), BATCH_LIMIT);
            if (batch.isEmpty()) {
                throw new IOException("no answer, " + left + " values left");
            }
            batch.forEach(message -> values.accept(value(message)));
            left = batch.get(batch.size() - 1).metaData().pendingCount();
        }
    }

    private static LastValue value(MessageInfo info) {
        byte[] body = info.getData() == null ? new byte[0] : info.getData();
        return new LastValue(
                info.getSubject(),
                body,
                headers(info.getHeaders()),
                info.getTime().toInstant(),
                info.getSeq());
    }

    private static LastValue value(Message message) {
        var place = message.metaData();
        return new LastValue(
                message.getSubject(),
                message.getData(),
                headers(message.getHeaders()),
                place.timestamp().toInstant(),
                place.streamSequence());
    }

    static Map<String, List<String>> headers(@Nullable Headers headers) {
        return headers == null ? Map.of() : headers.toMap();
    }
}
