package io.nightshift.nats;

import io.nats.client.NUID;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.ConnectorFactory;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Publishes one message after the other, in order; a failure nacks the message and never ends the channel. */
final class OutgoingChannel implements Flow.Subscriber<Message<?>> {
    private static final Logger LOG = Logger.getLogger(OutgoingChannel.class);

    enum Kind {
        JETSTREAM,
        CORE
    }

    private final NatsClient client;
    private final String channel;
    private final Optional<String> defaultSubject;
    private final Kind kind;
    private final Duration publishTimeout;
    private final ExecutorService executor;
    private Flow.@Nullable Subscription upstream;

    OutgoingChannel(NatsClient client, Config config) {
        this.client = client;
        this.channel = IncomingSettings.text(config, ConnectorFactory.CHANNEL_NAME_ATTRIBUTE);
        this.defaultSubject = config.getOptionalValue("subject", String.class);
        this.kind = IncomingSettings.choice(config, "kind", Kind.class, Kind.JETSTREAM);
        this.publishTimeout = IncomingSettings.duration(config, "publish-timeout", "PT30S");
        this.executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "nats-" + channel);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        upstream = subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(Message<?> message) {
        executor.execute(() -> {
            try {
                send(message);
                message.ack();
            } catch (RuntimeException e) {
                LOG.errorf("not published: channel=%s: %s", channel, e.getMessage());
                message.nack(e);
            } finally {
                requestNext();
            }
        });
    }

    private void requestNext() {
        if (upstream != null) {
            upstream.request(1);
        }
    }

    private void send(Message<?> message) {
        Optional<NatsPublishMetadata> metadata = message.getMetadata(NatsPublishMetadata.class);
        String subject = metadata.map(NatsPublishMetadata::subject)
                .or(() -> defaultSubject)
                .orElseThrow(() -> new IllegalArgumentException("neither the message nor the channel has a subject"));
        Map<String, String> headers = metadata.map(NatsPublishMetadata::headers).orElse(Map.of());
        byte[] body = body(message.getPayload());
        if (kind == Kind.CORE) {
            client.publishCore(subject, body, headers);
        } else {
            String id = metadata.flatMap(NatsPublishMetadata::messageId).orElseGet(NUID::nextGlobal);
            client.publisher().publish(subject, body, id, NatsClient.headersOf(headers), publishTimeout);
        }
    }

    private static byte[] body(@Nullable Object payload) {
        if (payload instanceof byte[] bytes) {
            return bytes;
        }
        if (payload instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        throw new IllegalArgumentException("a payload must be byte[] or String, not "
                + (payload == null ? "null" : payload.getClass().getName()));
    }

    @Override
    public void onError(Throwable failure) {
        LOG.errorf(failure, "the channel was ended by a failure of its source: channel=%s", channel);
        executor.shutdown();
    }

    @Override
    public void onComplete() {
        executor.shutdown();
    }
}
