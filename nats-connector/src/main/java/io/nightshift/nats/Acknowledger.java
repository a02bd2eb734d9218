package io.nightshift.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.impl.NatsJetStreamMetaData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells the server what became of a message, until the server confirms it. It goes by the connection of the moment, which
 * may be another one than the message came by. Source: nats-server 2.10, consumer.go, processAck: each kind is confirmed.
 */
final class Acknowledger {
    private static final Logger LOG = Logger.getLogger(Acknowledger.class);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final ConnectionKeeper keeper;

    Acknowledger(ConnectionKeeper keeper) {
        this.keeper = keeper;
    }

    void ack(Message message) throws InterruptedException {
        confirm(message, "+ACK");
    }

    void retryAfter(Message message, Duration delay) throws InterruptedException {
        confirm(message, delay.isZero() ? "-NAK" : "-NAK {\"delay\":" + delay.toNanos() + "}");
    }

    /** All at once. Where the server was away, one of those that are left waits for it; what is lost then too comes again. */
    void terminate(List<Message> messages) throws InterruptedException {
        List<Message> left = unconfirmed(messages, "+TERM");
        if (!left.isEmpty()) {
            confirm(left.get(0), "+TERM");
            unconfirmed(left.subList(1, left.size()), "+TERM");
        }
    }

    private List<Message> unconfirmed(List<Message> messages, String what) throws InterruptedException {
        byte[] body = what.getBytes(StandardCharsets.US_ASCII);
        Map<Message, CompletableFuture<Message>> answers = new LinkedHashMap<>();
        try {
            Connection connection = keeper.connected(ANSWER);
            messages.forEach(message -> answers.put(message, connection.request(message.getReplyTo(), body)));
        } catch (IOException | IllegalStateException e) {
            LOG.debugf("not connected: %s", e.getMessage());
        }
        long deadline = System.nanoTime() + ANSWER.toNanos();
        List<Message> left = new ArrayList<>();
        for (Message message : messages) {
            if (!answers.containsKey(message) || !isConfirmed(answers.get(message), deadline)) {
                left.add(message);
            }
        }
        return left;
    }

    private static boolean isConfirmed(CompletableFuture<Message> answer, long deadline) throws InterruptedException {
        try {
            long nanos = Math.max(0, deadline - System.nanoTime());
            return !answer.get(nanos, TimeUnit.NANOSECONDS).isStatusMessage();
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            return false;
        }
    }

    /** Not confirmed, and left out while the connection is away: the next one makes up for it. */
    void inProgress(Message message) {
        if (keeper.isConnected()) {
            try {
                keeper.connection().publish(message.getReplyTo(), "+WPI".getBytes(StandardCharsets.US_ASCII));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void confirm(Message message, String what) throws InterruptedException {
        byte[] body = what.getBytes(StandardCharsets.US_ASCII);
        Duration pause = FIRST_PAUSE;
        while (!tryOnce(message, body)) {
            LOG.debugf(
                    "not confirmed yet: %s sequence=%d",
                    what, message.metaData().streamSequence());
            Thread.sleep(pause.toMillis());
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private boolean tryOnce(Message message, byte[] body) throws InterruptedException {
        try {
            Connection connection = keeper.connected(ANSWER);
            @Nullable Message answer = connection.request(message.getReplyTo(), body, ANSWER);
            boolean confirmed = answer != null && !answer.isStatusMessage();
            return confirmed || cannotBeConfirmed(connection, message);
        } catch (IOException | IllegalStateException e) {
            return false;
        }
    }

    /**
     * The server keeps silent for ever about a delivery that it does not know: of a deleted consumer, or one that it lost when
     * it was killed before it had written it down. In both cases it will deliver the message again.
     */
    private static boolean cannotBeConfirmed(Connection connection, Message message) throws IOException {
        var place = message.metaData();
        try {
            var consumer = connection.jetStreamManagement().getConsumerInfo(place.getStream(), place.getConsumer());
            return consumer.getDelivered().getStreamSequence() < place.streamSequence()
                    && lost(place, "the server has forgotten the delivery");
        } catch (JetStreamApiException e) {
            return ApiErrors.missing(e) && lost(place, "the consumer was deleted meanwhile");
        }
    }

    private static boolean lost(NatsJetStreamMetaData place, String why) {
        LOG.warnf(
                "acknowledgement lost, %s, the message may come again: stream=%s consumer=%s sequence=%d",
                why, place.getStream(), place.getConsumer(), place.streamSequence());
        return true;
    }
}
