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
import org.jspecify.annotations.Nullable;

/** Reads messages of subjects out of a stream, all of them or the last of each. */
final class LastValues {
    private static final int BATCH = 250;
    private static final Duration BATCH_LIMIT = Duration.ofSeconds(5);

    private LastValues() {}

    static Optional<LastValue> last(Connection connection, String stream, String subject)
            throws IOException, JetStreamApiException {
        return ApiErrors.ifPresent(() -> connection.jetStreamManagement().getLastMessage(stream, subject))
                .map(LastValues::value);
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
            return readAll(subscription);
        } finally {
            subscription.unsubscribe();
        }
    }

    private static List<LastValue> readAll(JetStreamSubscription subscription)
            throws IOException, JetStreamApiException {
        List<LastValue> values = new ArrayList<>();
        long left = subscription.getConsumerInfo().getNumPending();
        while (left > 0) {
            List<Message> batch = subscription.fetch((int) Math.min(BATCH, left), BATCH_LIMIT);
            if (batch.isEmpty()) {
                throw new IOException("no answer after " + values.size() + " values, " + left + " left");
            }
            batch.forEach(message -> values.add(value(message)));
            left = batch.get(batch.size() - 1).metaData().pendingCount();
        }
        return values;
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
