package io.nightshift.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.NUID;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream in order by a consumer of its own that lives as long as the channel. After a gap or a lost connection it
 * begins anew behind the last message that it gave out, so none is missed and none comes twice.
 */
final class OrderedSource implements Source {
    private static final Logger LOG = Logger.getLogger(OrderedSource.class);
    private static final Duration UNUSED_LIFE = Duration.ofMinutes(5);
    /** Nobody else wants them. */
    private static final int BATCH = 100;

    private final NatsClient client;
    private final IncomingSettings settings;
    private volatile @Nullable PullSubscription pull;
    private @Nullable ZonedDateTime streamCreated;
    private boolean positioned;
    private long lastSequence;
    private long lastDelivered;

    OrderedSource(NatsClient client, IncomingSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    @Override
    public void open() throws IOException, JetStreamApiException, InterruptedException {
        Connection connection = Connections.await(client.keeper());
        try {
            open(connection);
        } catch (JetStreamApiException e) {
            if (!ApiErrors.streamMissing(e)) {
                throw e;
            }
            client.keeper().provision();
            open(connection);
        }
    }

    private void open(Connection connection) throws IOException, JetStreamApiException {
        JetStreamManagement management = connection.jetStreamManagement();
        forgetPlaceInAnOlderStream(management.getStreamInfo(settings.stream()));
        ConsumerInfo info = management.createConsumer(settings.stream(), consumer());
        if (!positioned && settings.start() == IncomingSettings.Start.NEW) {
            lastSequence = info.getDelivered().getStreamSequence();
        }
        positioned = true;
        lastDelivered = 0;
        pull = new PullSubscription(connection, settings.stream(), info.getName(), BATCH);
    }

    /** A stream that was deleted and made again counts from 1. */
    private void forgetPlaceInAnOlderStream(StreamInfo info) {
        if (streamCreated != null && !streamCreated.equals(info.getCreateTime())) {
            positioned = false;
            lastSequence = 0;
        }
        streamCreated = info.getCreateTime();
    }

    private ConsumerConfiguration consumer() {
        var consumer = ConsumerConfiguration.builder()
                .name(settings.channel() + "-" + NUID.nextGlobal())
                .ackPolicy(AckPolicy.None)
                .memStorage(true)
                .numReplicas(1)
                .inactiveThreshold(UNUSED_LIFE);
        consumer.filterSubjects(settings.filters());
        if (lastSequence > 0) {
            consumer.deliverPolicy(DeliverPolicy.ByStartSequence).startSequence(lastSequence + 1);
        } else if (settings.startAge().isPresent()) {
            var start =
                    ZonedDateTime.now(ZoneOffset.UTC).minus(settings.startAge().get());
            consumer.deliverPolicy(DeliverPolicy.ByStartTime).startTime(start);
        } else {
            consumer.deliverPolicy(WorkSource.deliverPolicy(settings.start()));
        }
        return consumer.build();
    }

    @Override
    public Optional<Message> next() throws IOException, InterruptedException {
        PullSubscription open = pull;
        if (open == null) {
            throw new IOException("not open");
        }
        Optional<Message> next = open.next();
        if (next.isPresent()) {
            remember(next.get());
        }
        return next;
    }

    private void remember(Message message) throws IOException {
        var place = message.metaData();
        if (place.consumerSequence() != lastDelivered + 1) {
            throw new IOException("messages were lost on the way, reading again from " + (lastSequence + 1));
        }
        lastDelivered = place.consumerSequence();
        lastSequence = place.streamSequence();
    }

    @Override
    public NatsMessageMetadata describe(Message message) {
        return Connections.describe(message);
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
                "message skipped, its handler failed and mode=ordered knows no retry: channel=%s subject=%s sequence=%d",
                settings.channel(), message.getSubject(), message.metaData().streamSequence());
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
