package io.nightshift.nats;

import io.nats.client.Connection;
import io.nats.client.api.ConsumerInfo;
import io.nightshift.nats.testing.NatsServer;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Message;

/** The connector without a container, with handlers called as {@code @Blocking(ordered = false)} would. */
final class Bench implements AutoCloseable {
    final NatsClient client;
    final NatsConnector connector;
    private final ExecutorService handlers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "handler");
        thread.setDaemon(true);
        return thread;
    });

    private Bench(NatsClient client) {
        this.client = client;
        this.connector = new NatsConnector(client);
    }

    interface Handler {
        void handle(Message<byte[]> message) throws Exception;
    }

    static Map<String, String> map(String... keysAndValues) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    static SmallRyeConfig properties(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(NatsConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build();
    }

    static NatsConfig config(String... keysAndValues) {
        Map<String, String> properties = map(keysAndValues);
        properties.putIfAbsent("nats.reconnect-wait", "PT0.1S");
        properties.putIfAbsent("nats.reconnect-jitter", "PT0.1S");
        return properties(properties).getConfigMapping(NatsConfig.class);
    }

    /** Starts a client, and waits for the connection as the application would. */
    static Bench connect(NatsServer server, String... keysAndValues) throws InterruptedException {
        Map<String, String> properties = map(keysAndValues);
        properties.putIfAbsent("nats.servers", server.url());
        String[] all = properties.entrySet().stream()
                .flatMap(entry -> java.util.stream.Stream.of(entry.getKey(), entry.getValue()))
                .toArray(String[]::new);
        Bench bench = new Bench(new NatsClient(config(all)));
        bench.client.start();
        bench.client.awaitReady();
        return bench;
    }

    /** Subscribes a handler to a channel with these attributes. */
    @SuppressWarnings("unchecked")
    void handle(Handler handler, String... attributes) {
        Map<String, String> channel = map(attributes);
        channel.putIfAbsent("channel-name", "work");
        var publisher = (Flow.Publisher<Message<byte[]>>) connector.getPublisher(properties(channel));
        Multi.createFrom()
                .publisher(publisher)
                .onItem()
                .transformToUni(message -> call(handler, message))
                .merge(128)
                .subscribe()
                .with(done -> {}, Throwable::printStackTrace);
    }

    private Uni<Void> call(Handler handler, Message<byte[]> message) {
        return Uni.createFrom()
                .item(() -> {
                    try {
                        handler.handle(message);
                        return message;
                    } catch (Exception e) {
                        throw new IllegalStateException(e); // the framework wraps too
                    }
                })
                .runSubscriptionOn(handlers)
                .onItemOrFailure()
                .transformToUni((ok, failure) ->
                        Uni.createFrom().completionStage(failure == null ? message.ack() : message.nack(failure)));
    }

    Connection nats() {
        return client.connection();
    }

    void publish(String subject, String body) {
        client.publish(
                subject,
                body.getBytes(StandardCharsets.UTF_8),
                java.util.UUID.randomUUID().toString(),
                Map.of());
    }

    ConsumerInfo consumer(String stream, String name) throws Exception {
        return nats().jetStreamManagement().getConsumerInfo(stream, name);
    }

    long messages(String stream) throws Exception {
        return nats().jetStreamManagement()
                .getStreamInfo(stream)
                .getStreamState()
                .getMsgCount();
    }

    static String text(Message<byte[]> message) {
        return new String(message.getPayload(), StandardCharsets.UTF_8);
    }

    static NatsMessageMetadata metadata(Message<byte[]> message) {
        return message.getMetadata(NatsMessageMetadata.class).orElseThrow();
    }

    @Override
    public void close() throws Exception {
        client.beginStopping();
        connector.drain(Duration.ofMillis(200));
        connector.close();
        client.close();
        handlers.shutdownNow();
    }
}
