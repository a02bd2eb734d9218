package io.nightshift.nats;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a pull consumer for messages, and gives them out one at a time. Those that wait to be given out are held for the one that asks: where
 * messages are shared with others, it asks for one.
 *
 * <p>By the protocol of JetStream itself and not {@code ConsumerContext.next}: that answers null both for "no message" and for
 * "no such consumer", and gives up messages that are on their way when it is interrupted. Source: NATS ADR-13, pull consumers.
 */
final class PullSubscription {
    /** Life of one request on the server. */
    static final Duration EXPIRES = Duration.ofSeconds(5);

    private static final Duration LATE = Duration.ofSeconds(2);
    private static final Duration SLICE = Duration.ofMillis(250);
    private static final Duration DRAIN = Duration.ofSeconds(2);
    private static final String AT_ONCE = "{\"batch\":1,\"no_wait\":true}";

    /** Nothing is wrong with the consumer; the next {@link Source#open} waits until the connection is back. */
    static final class ConnectionLost extends IOException {
        private static final long serialVersionUID = 1L;

        ConnectionLost() {
            super("the connection was lost during a pull");
        }
    }

    private final Connection connection;
    private final String nextSubject;
    private final String inbox;
    private final Subscription subscription;
    private final long reconnects;
    private final int batch;
    private long requests;
    private String reply = "";
    private int toCome;

    /** @param batch how many are asked for at once */
    PullSubscription(Connection connection, String stream, String consumer, int batch) {
        this.batch = batch;
        this.connection = connection;
        this.nextSubject = "$JS.API.CONSUMER.MSG.NEXT." + stream + "." + consumer;
        this.inbox = connection.createInbox();
        this.reconnects = connection.getStatistics().getReconnects();
        this.subscription = connection.subscribe(inbox + ".*");
    }

    /**
     * The next message, or empty if none came within {@link #EXPIRES}.
     *
     * @throws IOException if the consumer is gone or the connection was away: open a new one
     */
    Optional<Message> next() throws InterruptedException, IOException {
        if (toCome == 0) {
            ask("{\"batch\":" + batch + ",\"expires\":" + EXPIRES.toNanos() + "}", batch);
        }
        return answer();
    }

    /** The next message, or empty if none is there. */
    Optional<Message> nextAtOnce() throws InterruptedException, IOException {
        if (toCome == 0) {
            ask(AT_ONCE, 1);
        }
        return answer();
    }

    private void ask(String request, int number) throws IOException {
        reply = inbox + "." + ++requests;
        try {
            connection.publish(nextSubject, reply, request.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalStateException e) { // the connection was closed
            throw ended(e);
        }
        toCome = number;
    }

    private Optional<Message> answer() throws InterruptedException, IOException {
        long deadline = System.nanoTime() + EXPIRES.plus(LATE).toNanos();
        while (deadline - System.nanoTime() > 0) {
            @Nullable Message message = nextMessage();
            if (message == null) {
                failIfConnectionWasLost();
            } else if (!message.isStatusMessage()) {
                toCome = Math.max(0, toCome - 1);
                return Optional.of(message);
            } else if (reply.equals(message.getSubject())) {
                toCome = 0;
                failUnlessEmpty(message);
                return Optional.empty();
            }
        }
        throw new IOException("the server did not answer a pull");
    }

    private @Nullable Message nextMessage() throws InterruptedException, IOException {
        try {
            return subscription.nextMessage(SLICE);
        } catch (IllegalStateException e) { // the subscription or the connection was closed
            throw ended(e);
        }
    }

    private static IOException ended(IllegalStateException e) {
        return new IOException("the pull was ended: " + e.getMessage(), e);
    }

    /** The server forgets a pull with the connection that it came by. */
    private void failIfConnectionWasLost() throws IOException {
        if (connection.getStatistics().getReconnects() != reconnects
                || connection.getStatus() == Connection.Status.CLOSED) {
            throw new ConnectionLost();
        }
    }

    /** 404 and 408: no message within the time. All else needs a look at the consumer. */
    private static void failUnlessEmpty(Message status) throws IOException {
        int code = status.getStatus().getCode();
        if (code == 503) {
            throw new IOException("no such consumer, or JetStream is not there");
        }
        if (code != 404 && code != 408) {
            throw new IOException("pull refused: " + status.getStatus().getMessageWithCode());
        }
    }

    /**
     * Takes the request back. A message that was on its way by then still comes out of {@link #next()}. One at a time: jnats
     * sends a ping with each, and takes a connection for dead that has more than two on their way.
     */
    void drain() throws InterruptedException {
        synchronized (connection) {
            if (subscription.isActive()) {
                subscription.drain(DRAIN);
            }
        }
    }

    void close() {
        if (subscription.isActive()) {
            subscription.unsubscribe();
        }
    }
}
