package io.nightshift.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import java.io.IOException;
import java.util.Optional;

/** Where a puller gets its messages, and what the end of a message means there. Used by one thread, but for {@link #drain}. */
interface Source {
    /** (Re)creates what is needed on the server; waits for the connection. Called before the first pull and after each failure. */
    void open() throws IOException, JetStreamApiException, InterruptedException;

    /** One message, or empty after some seconds without one. A failure of any kind calls for {@link #open} again. */
    Optional<Message> next() throws IOException, InterruptedException;

    NatsMessageMetadata describe(Message message);

    /** Tells the server that the message is still in work. */
    void heartbeat(Message message);

    /** The handler is done. Returns when the server knows it. */
    void succeeded(Message message) throws InterruptedException;

    /** The handler failed. Returns when the server knows what becomes of the message, or will know by {@link #settle}. */
    void failed(Message message, NackDecision decision) throws InterruptedException;

    /** Has the server told of all messages that have an end by now. Comes by itself in {@link #next}. */
    default void settle() throws InterruptedException {}

    /** Ends a {@link #next} under way, from another thread, without losing a message. */
    void drain() throws InterruptedException;

    void close();
}
