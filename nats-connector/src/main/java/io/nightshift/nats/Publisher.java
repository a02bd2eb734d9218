package io.nightshift.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.time.Duration;

/** Publishes until a stream has confirmed. Repeats carry the same message id, so that the stream keeps one. */
final class Publisher {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final ConnectionKeeper keeper;

    Publisher(ConnectionKeeper keeper) {
        this.keeper = keeper;
    }

    /** @throws NatsException if no stream confirmed within the limit, or the server refused the message for good */
    void publish(String subject, byte[] body, String messageId, Headers headers, Duration limit) {
        PublishOptions options = PublishOptions.builder().messageId(messageId).build();
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                Connection connection = keeper.connected(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
                connection.jetStream().publish(subject, new Headers(headers), body, options);
                return;
            } catch (IOException | IllegalStateException e) {
                giveUpAfter(deadline, subject, limit, e);
            } catch (JetStreamApiException e) {
                if (!ApiErrors.passing(e)) {
                    throw new NatsException("publish to " + subject + " refused: " + e.getMessage(), e);
                }
                giveUpAfter(deadline, subject, limit, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new NatsException("publish to " + subject + " interrupted", e);
            }
        }
    }

    private static void giveUpAfter(long deadline, String subject, Duration limit, Exception e) {
        if (deadline - System.nanoTime() <= PAUSE.toNanos()) {
            throw new NatsException(
                    "publish to " + subject + " not confirmed by any stream within " + limit + ": " + e.getMessage(),
                    e);
        }
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new NatsException("publish to " + subject + " interrupted", interrupted);
        }
    }
}
