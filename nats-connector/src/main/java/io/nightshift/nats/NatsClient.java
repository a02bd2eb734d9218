package io.nightshift.nats;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.impl.Headers;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * The application's connection to NATS. All methods block; they wait where there has been no connection yet, and throw
 * {@link NatsException} where NATS does not answer. Safe for use by many threads.
 *
 * <p>What they return belongs to the connection of that moment: ask again for each use, and keep nothing.
 */
@ApplicationScoped
public class NatsClient {
    private static final Logger LOG = Logger.getLogger(NatsClient.class);

    private final NatsConfig config;
    private final ConnectionKeeper keeper;
    private final Publisher publisher;
    private final KeyValues keyValues = new KeyValues();
    private final List<Runnable> stopListeners = new CopyOnWriteArrayList<>();
    /** Ends the waiting when the JVM is told to stop before NATS was ever there: the framework stops only what has started. */
    private final Thread endOfWaiting;

    private volatile boolean stopping;

    NatsClient(NatsConfig config) {
        this.config = config;
        this.keeper = new ConnectionKeeper(config, new Provisioning(config));
        this.publisher = new Publisher(keeper);
        this.endOfWaiting = new Thread(keeper::closeUnlessReady, "nats-end-of-waiting");
    }

    /** The connection, which may be away at the moment; the library reconnects for ever. */
    public Connection connection() {
        return ask("the connection", keeper::connection);
    }

    public JetStream jetStream() {
        return ask("JetStream", () -> keeper.connection().jetStream());
    }

    public KeyValue keyValue(String bucket) {
        return ask("bucket " + bucket, () -> keyValues.open(keeper.connection(), bucket));
    }

    /** The last message of a subject without wildcards. */
    public Optional<LastValue> last(String stream, String subject) {
        return ask("the last value of " + subject, () -> LastValues.last(keeper.connection(), stream, subject));
    }

    /**
     * The newest message of a subject that can be read: others, behind it, may be of anybody.
     *
     * @param read empty: not this one
     */
    public <T> Optional<T> newest(String stream, String subject, Function<LastValue, Optional<T>> read) {
        return ask(
                "the newest value of " + subject, () -> LastValues.newest(keeper.connection(), stream, subject, read));
    }

    /** The last message of each subject that the filter matches, in the order of the stream. */
    public List<LastValue> lastPerSubject(String stream, String filter) {
        return ask("the last values of " + filter, () -> LastValues.perSubject(keeper.connection(), stream, filter));
    }

    /** Every message that the filter matches, oldest first, in memory: for a subject whose history is bounded. */
    public List<LastValue> history(String stream, String filter) {
        return ask("the history of " + filter, () -> LastValues.all(keeper.connection(), stream, filter));
    }

    /**
     * What answers first; empty if nobody does within the limit.
     *
     * @throws NobodyListensException at once, if so
     */
    public Optional<byte[]> request(String subject, byte[] body, Duration limit) {
        return ask("an answer on " + subject, () -> Requests.ask(keeper.connection(), subject, body, limit));
    }

    /**
     * Returns when a stream has stored the message; tries for {@code nats.publish-timeout}.
     *
     * @param messageId makes a repeat within the stream's duplicate window harmless
     */
    public void publish(String subject, byte[] body, String messageId, Map<String, String> headers) {
        publisher.publish(subject, body, messageId, headersOf(headers), config.publishTimeout());
    }

    /** At most once: lost when nobody listens, or when the connection is away for long. */
    public void publishCore(String subject, byte[] body, Map<String, String> headers) {
        connection().publish(subject, headersOf(headers), body);
    }

    /** Whether NATS can be used now, as far as is known; never waits. */
    public boolean connected() {
        return keeper.isConnected();
    }

    /** True from the moment at which the application begins to stop. */
    public boolean stopping() {
        return stopping;
    }

    /** Calls back once, before the stop waits for handlers that hold a message; at once if that moment has passed. */
    public void onStopping(Runnable listener) {
        stopListeners.add(listener);
        if (stopping && stopListeners.remove(listener)) {
            listener.run();
        }
    }

    static Headers headersOf(Map<String, String> values) {
        Headers headers = new Headers();
        values.forEach((name, value) -> headers.put(name, value));
        return headers;
    }

    NatsConfig config() {
        return config;
    }

    ConnectionKeeper keeper() {
        return keeper;
    }

    Publisher publisher() {
        return publisher;
    }

    /** Connects in the background. */
    void start() {
        Runtime.getRuntime().addShutdownHook(endOfWaiting);
        keeper.start();
    }

    /** Waits for NATS for a while; then the waiting goes on in the background. */
    void awaitReady() throws InterruptedException {
        if (!keeper.awaitReady(config.waitAtStart())) {
            LOG.warn("starting without NATS, not ready: " + keeper.state());
        }
    }

    void beginStopping() {
        stopping = true;
        for (Runnable listener : stopListeners) {
            if (stopListeners.remove(listener)) {
                callBack(listener);
            }
        }
    }

    private static void callBack(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.error("a listener of the stop failed", e);
        }
    }

    /** After this nothing works any more. Bytes on their way are sent first. */
    @PreDestroy
    void close() {
        if (keeper.isConnected()) {
            try {
                keeper.connection().flush(Duration.ofSeconds(2));
            } catch (Exception e) {
                LOG.debug("the last bytes to NATS may be lost", e);
            }
        }
        keeper.close();
        try {
            Runtime.getRuntime().removeShutdownHook(endOfWaiting);
        } catch (IllegalStateException e) {
            LOG.debug("the JVM stops, its hooks run already");
        }
    }

    private interface Question<T> {
        T ask() throws IOException, JetStreamApiException, InterruptedException;
    }

    private static <T> T ask(String what, Question<T> question) {
        try {
            return question.ask();
        } catch (IOException | JetStreamApiException e) {
            throw new NatsException(what + " could not be had from NATS: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NatsException("interrupted while waiting for " + what, e);
        }
    }
}
