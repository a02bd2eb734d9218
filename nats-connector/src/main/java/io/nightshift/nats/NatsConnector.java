package io.nightshift.nats;

import static io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction.INCOMING;
import static io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction.OUTGOING;

import io.smallrye.reactive.messaging.annotations.ConnectorAttribute;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.connector.OutboundConnector;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

/** Joins channels of MicroProfile Reactive Messaging to NATS. */
@ApplicationScoped
@Connector(NatsConnector.NAME)
@ConnectorAttribute(
        name = "mode",
        direction = INCOMING,
        type = "string",
        defaultValue = "work",
        description =
                "work (shared durable consumer, acknowledged), ordered (a consumer of its own, in order) or core (no stream)")
@ConnectorAttribute(name = "stream", direction = INCOMING, type = "string", description = "Name of the stream")
@ConnectorAttribute(
        name = "consumer",
        direction = INCOMING,
        type = "string",
        description = "Name of the durable consumer, which is created or updated")
@ConnectorAttribute(
        name = "filter",
        direction = INCOMING,
        type = "string",
        description = "Subjects, separated by commas; all of the stream when absent")
@ConnectorAttribute(
        name = "for-each",
        direction = INCOMING,
        type = "string",
        description = "Values, separated by commas: one consumer for each, with {} replaced in consumer and filter")
@ConnectorAttribute(
        name = "pullers",
        direction = INCOMING,
        type = "int",
        defaultValue = "1",
        description = "Messages that each consumer of this process may hold at once")
@ConnectorAttribute(
        name = "ack-wait",
        direction = INCOMING,
        type = "duration",
        defaultValue = "PT5M",
        description = "The server hands a message to somebody else after this long without a sign of life")
@ConnectorAttribute(
        name = "heartbeat",
        direction = INCOMING,
        type = "duration",
        defaultValue = "PT20S",
        description = "Period of the signs of life while a handler runs; at most half of ack-wait")
@ConnectorAttribute(
        name = "max-deliver",
        direction = INCOMING,
        type = "int",
        defaultValue = "5",
        description = "A message that fails at this delivery goes to the dead letters; 0 = never")
@ConnectorAttribute(
        name = "backoff",
        direction = INCOMING,
        type = "string",
        defaultValue = "PT5S,PT30S,PT2M,PT10M",
        description = "Delays before the second, third, … delivery; the last repeats")
@ConnectorAttribute(
        name = "max-ack-pending",
        direction = INCOMING,
        type = "long",
        description = "Messages that all processes together may hold at once; the server's default when absent")
@ConnectorAttribute(
        name = "deliver-policy",
        direction = INCOMING,
        type = "string",
        defaultValue = "all",
        description = "Where a new consumer begins: all, new or last-per-subject")
@ConnectorAttribute(
        name = "start-age",
        direction = INCOMING,
        type = "duration",
        description = "With mode=ordered: begin with messages of at most this age, instead of deliver-policy")
@ConnectorAttribute(
        name = "queue",
        direction = INCOMING,
        type = "string",
        description = "With mode=core: of all that name the same, one gets each message; for requests")
@ConnectorAttribute(
        name = "dead-letter-subject",
        direction = INCOMING,
        type = "string",
        description = "Where messages go that cannot be handled; a stream must keep it")
@ConnectorAttribute(
        name = "dead-letter-max-body-bytes",
        direction = INCOMING,
        type = "int",
        defaultValue = "65536",
        description = "A longer body is cut in the dead letter")
@ConnectorAttribute(
        name = "subject",
        direction = OUTGOING,
        type = "string",
        description = "Subject of messages that bring none in their metadata")
@ConnectorAttribute(
        name = "kind",
        direction = OUTGOING,
        type = "string",
        defaultValue = "jetstream",
        description = "jetstream (acknowledged when a stream has stored it) or core (at most once)")
@ConnectorAttribute(
        name = "publish-timeout",
        direction = OUTGOING,
        type = "duration",
        defaultValue = "PT30S",
        description = "How long the storing is tried before the message is nacked")
public class NatsConnector implements InboundConnector, OutboundConnector {
    public static final String NAME = "nats";

    private final NatsClient client;
    private final List<IncomingChannel> incoming = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService heartbeats = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "nats-heartbeats");
        thread.setDaemon(true);
        return thread;
    });

    NatsConnector(NatsClient client) {
        this.client = client;
    }

    @Override
    public Flow.Publisher<? extends Message<?>> getPublisher(Config config) {
        var channel = new IncomingChannel(client, IncomingSettings.from(config), heartbeats);
        incoming.add(channel);
        return channel.messages();
    }

    @Override
    public Flow.Subscriber<? extends Message<?>> getSubscriber(Config config) {
        return new OutgoingChannel(client, config);
    }

    /** Why a channel gets no messages at the moment. */
    Optional<String> problem() {
        return incoming.stream().flatMap(channel -> channel.problem().stream()).findFirst();
    }

    /** Takes no further message, and waits for the handlers that hold one. */
    void drain(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        incoming.forEach(IncomingChannel::stopPulling);
        for (IncomingChannel channel : incoming) {
            channel.awaitEnd(deadline);
        }
    }

    @PreDestroy
    void close() {
        heartbeats.shutdownNow();
    }
}
