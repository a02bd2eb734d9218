package io.nightshift.nats;

import io.nats.client.Connection;
import io.nats.client.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** What all sources need of a connection and its messages. */
final class Connections {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    private Connections() {}

    /** Waits for ever until NATS is there; {@link NatsException} when the application stops meanwhile. */
    static Connection await(ConnectionKeeper keeper) throws InterruptedException {
        while (true) {
            try {
                return keeper.connected(LOOK_EVERY);
            } catch (IOException e) {
                // not there yet: the keeper logs why, and readiness is down
            }
        }
    }

    static NatsMessageMetadata describe(Message message) {
        var place = message.metaData();
        return new NatsMessageMetadata(
                message.getSubject(),
                LastValues.headers(message.getHeaders()),
                place.getStream(),
                place.streamSequence(),
                place.getConsumer(),
                place.deliveredCount(),
                place.timestamp().toInstant(),
                Optional.empty());
    }
}
