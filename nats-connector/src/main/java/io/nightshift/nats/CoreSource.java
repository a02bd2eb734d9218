package io.nightshift.nats;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A plain subscription: what is published while nobody listens is lost, and there is no retry. */
final class CoreSource implements Source {
    private static final Logger LOG = Logger.getLogger(CoreSource.class);
    private static final int WAITING = 1000;

    private final NatsClient client;
    private final IncomingSettings settings;
    private final BlockingQueue<Message> waiting = new ArrayBlockingQueue<>(WAITING);
    private volatile boolean draining;
    private @Nullable Connection connection;
    private @Nullable Dispatcher dispatcher;

    CoreSource(NatsClient client, IncomingSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    @Override
    public void open() throws InterruptedException {
        Connection now = Connections.await(client.keeper());
        Dispatcher subscriber = now.createDispatcher(waiting::put);
        for (var filter : settings.filters()) {
            settings.queue()
                    .ifPresentOrElse(queue -> subscriber.subscribe(filter, queue), () -> subscriber.subscribe(filter));
        }
        connection = now;
        dispatcher = subscriber;
    }

    /** The library subscribes again after a reconnect by itself; only a closed connection ends the subscription. */
    @Override
    public Optional<Message> next() throws IOException, InterruptedException {
        Optional<Message> message = Optional.ofNullable(waiting.poll(250, TimeUnit.MILLISECONDS));
        if (message.isEmpty() && (connection == null || connection.getStatus() == Connection.Status.CLOSED)) {
            throw new IOException("the connection was closed");
        }
        return draining ? Optional.empty() : message;
    }

    @Override
    public NatsMessageMetadata describe(Message message) {
        var headers = LastValues.headers(message.getHeaders());
        var replyTo = Optional.ofNullable(message.getReplyTo());
        return new NatsMessageMetadata(message.getSubject(), headers, "", 0, "", 1, Instant.now(), replyTo);
    }

    @Override
    public void heartbeat(Message message) {
        // nobody waits for an acknowledgement
    }

    @Override
    public void succeeded(Message message) {
        // nobody waits for an acknowledgement
    }

    @Override
    public void failed(Message message, NackDecision decision) {
        LOG.errorf(
                "message dropped, its handler failed and mode=core knows no retry: channel=%s subject=%s",
                settings.channel(), message.getSubject());
    }

    @Override
    public void drain() {
        draining = true;
    }

    @Override
    public void close() {
        if (connection != null && dispatcher != null && connection.getStatus() != Connection.Status.CLOSED) {
            connection.closeDispatcher(dispatcher);
        }
    }
}
