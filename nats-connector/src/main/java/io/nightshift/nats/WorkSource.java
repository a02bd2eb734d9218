package io.nightshift.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pulls from a durable consumer that many processes share; each message has one owner until it is settled. */
final class WorkSource implements Source {
    private final NatsClient client;
    private final IncomingSettings settings;
    private final Acknowledger acknowledger;
    private final DeadLetters deadLetters;
    private volatile @Nullable PullSubscription pull;

    WorkSource(NatsClient client, IncomingSettings settings) {
        this.client = client;
        this.settings = settings;
        this.acknowledger = new Acknowledger(client.keeper());
        this.deadLetters = new DeadLetters(client, settings, acknowledger);
    }

    @Override
    public void open() throws IOException, JetStreamApiException, InterruptedException {
        Connection connection = Connections.await(client.keeper());
        try {
            createOrUpdate(connection);
        } catch (JetStreamApiException e) {
            if (!ApiErrors.streamMissing(e)) {
                throw e;
            }
            client.keeper().provision();
            createOrUpdate(connection);
        }
        pull = new PullSubscription(connection, settings.stream(), settings.consumer(), 1);
    }

    private void createOrUpdate(Connection connection) throws IOException, JetStreamApiException {
        try {
            connection.jetStreamManagement().addOrUpdateConsumer(settings.stream(), consumer(settings));
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != ApiErrors.CONSUMER_DELIVER_POLICY_FIXED) {
                throw e;
            }
            throw new IOException(
                    "consumer " + settings.consumer() + " of stream " + settings.stream()
                            + " exists with another deliver-policy than "
                            + settings.start()
                            + ", which NATS cannot change in place: set the old one, or delete the consumer and its"
                            + " place in the stream with: nats consumer rm " + settings.stream() + " "
                            + settings.consumer(),
                    e);
        }
    }

    /** The limit of deliveries stays with this client, so that the last failure can still reach the dead letters. */
    static ConsumerConfiguration consumer(IncomingSettings settings) {
        var consumer = ConsumerConfiguration.builder()
                .durable(settings.consumer())
                .ackPolicy(AckPolicy.Explicit)
                .ackWait(settings.ackWait())
                .maxDeliver(-1)
                .deliverPolicy(deliverPolicy(settings.start()));
        consumer.filterSubjects(settings.filters());
        settings.maxAckPending().ifPresent(consumer::maxAckPending);
        return consumer.build();
    }

    static DeliverPolicy deliverPolicy(IncomingSettings.Start start) {
        return switch (start) {
            case ALL -> DeliverPolicy.All;
            case NEW -> DeliverPolicy.New;
            case LAST_PER_SUBJECT -> DeliverPolicy.LastPerSubject;
        };
    }

    @Override
    public Optional<Message> next() throws IOException, InterruptedException {
        PullSubscription open = pull;
        if (open == null) {
            throw new IOException("not open");
        }
        if (deadLetters.isEmpty()) {
            return open.next();
        }
        Optional<Message> behind = deadLetters.isDue() ? Optional.empty() : open.nextAtOnce();
        if (behind.isPresent()) {
            return behind;
        }
        deadLetters.settle();
        return open.next();
    }

    @Override
    public NatsMessageMetadata describe(Message message) {
        return Connections.describe(message);
    }

    @Override
    public void heartbeat(Message message) {
        acknowledger.inProgress(message);
    }

    @Override
    public void succeeded(Message message) throws InterruptedException {
        acknowledger.ack(message);
    }

    @Override
    public void failed(Message message, NackDecision decision) throws InterruptedException {
        if (decision instanceof NackDecision.RetryAfter retry) {
            acknowledger.retryAfter(message, retry.delay());
        } else if (decision instanceof NackDecision.DeadLetter dead) {
            deadLetters.add(message, describe(message), dead.reason());
        } else {
            throw new IllegalStateException("unhandled: " + decision);
        }
    }

    @Override
    public void settle() throws InterruptedException {
        deadLetters.settle();
    }

    @Override
    public void drain() throws InterruptedException {
        PullSubscription open = pull;
        if (open != null) {
            open.drain();
        }
    }

    @Override
    public void close() {
        PullSubscription open = pull;
        if (open != null) {
            open.close();
        }
    }
}
