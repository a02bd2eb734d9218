package io.nightshift.nats;

import io.nats.client.Connection;
import io.nats.client.Connection.Status;
import io.nats.client.ConnectionListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection for ever: waits for a server at the start, lets the client library reconnect, and begins anew where the
 * library gives up (it closes a connection that the server refused twice). Safe for use by many threads.
 */
final class ConnectionKeeper implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ConnectionKeeper.class);
    private static final Duration REPORT_EVERY = Duration.ofSeconds(10);

    private final NatsConfig config;
    private final Provisioning provisioning;
    private final ConnectionLog log;
    private final BlockingQueue<ConnectionListener.Events> events = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "nats-connection");
    private volatile @Nullable Connection connection;
    private volatile boolean ready;
    private volatile boolean closed;
    private long reportedNanos = System.nanoTime() - REPORT_EVERY.toNanos();

    /** @throws IllegalArgumentException if the settings contradict each other */
    ConnectionKeeper(NatsConfig config, Provisioning provisioning) {
        Authentication.check(config);
        this.config = config;
        this.provisioning = provisioning;
        this.log = new ConnectionLog(config.servers());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Waits until streams and buckets are there too. True if that is so within the limit. */
    boolean awaitReady(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        synchronized (this) {
            while (!ready && !closed && deadline - System.nanoTime() > 0) {
                wait(100);
            }
        }
        return ready;
    }

    /**
     * The connection, which may be away at the moment; waits for ever until there has been one.
     *
     * @throws NatsException if the application stops meanwhile
     */
    Connection connection() throws InterruptedException {
        while (!ready && !awaitReady(REPORT_EVERY)) { // without the lock, where it need not wait
            failIfClosed();
        }
        return current();
    }

    /**
     * The connection, once it is connected.
     *
     * @throws IOException if it is not within the limit
     * @throws NatsException if the application stops meanwhile
     */
    Connection connected(Duration limit) throws InterruptedException, IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            failIfClosed();
            Connection now = connection;
            if (ready && now != null && now.getStatus() == Status.CONNECTED) {
                return now;
            }
            if (deadline - System.nanoTime() <= 0) {
                throw new IOException(state());
            }
            synchronized (this) {
                wait(100);
            }
        }
    }

    private void failIfClosed() {
        if (closed) {
            throw new NatsException("the connection to NATS is closed, the application stops", null);
        }
    }

    private Connection current() {
        Connection now = connection;
        if (now == null) {
            throw new IllegalStateException("ready without a connection");
        }
        return now;
    }

    boolean isConnected() {
        Connection now = connection;
        return ready && now != null && now.getStatus() == Status.CONNECTED;
    }

    boolean isClosed() {
        return closed;
    }

    /** For people: the server, or why there is none. */
    String state() {
        Connection now = connection;
        if (now != null && now.getStatus() == Status.CONNECTED) {
            return ready ? "connected to " + now.getConnectedUrl() : "connected, waiting: " + log.problem();
        }
        return "not connected to " + log.servers() + ": " + log.problem();
    }

    /** Looks again whether all streams and buckets are there. */
    void provision() throws InterruptedException, IOException {
        provisioning.apply(connected(config.connectTimeout()));
    }

    private void run() {
        try {
            while (!closed) {
                Connection now = connect();
                connection = now;
                LOG.infof(
                        "connected to NATS: url=%s version=%s",
                        now.getConnectedUrl(), now.getServerInfo().getVersion());
                provisionUntilDone(now);
                watch(now);
            }
        } catch (InterruptedException e) {
            LOG.debug("the connection's thread ends");
        }
    }

    private Connection connect() throws InterruptedException {
        while (true) {
            try {
                events.clear();
                return Nats.connect(options());
            } catch (IOException | RuntimeException e) {
                log.failed(e);
                report();
                pause();
            }
        }
    }

    private Options options() throws IOException {
        return ConnectionOptions.of(config)
                .maxReconnects(-1)
                .connectionListener(this::onEvent)
                .errorListener(log)
                .build();
    }

    private void onEvent(Connection source, ConnectionListener.@Nullable Events event) {
        if (event != null) {
            events.add(event);
        }
        synchronized (this) {
            notifyAll();
        }
    }

    private void provisionUntilDone(Connection now) throws InterruptedException {
        while (now.getStatus() != Status.CLOSED) {
            try {
                provisioning.apply(now);
                ready = true;
                synchronized (this) {
                    notifyAll();
                }
                return;
            } catch (IOException e) {
                log.failed(e);
                report();
                pause();
            }
        }
    }

    /** Returns when the library has closed the connection. */
    private void watch(Connection now) throws InterruptedException {
        while (now.getStatus() != Status.CLOSED) {
            ConnectionListener.Events event = events.poll(REPORT_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            if (event == ConnectionListener.Events.RESUBSCRIBED) {
                LOG.infof("connected to NATS again: url=%s", now.getConnectedUrl());
                provisionUntilDone(now);
            } else if (now.getStatus() != Status.CONNECTED) {
                report();
            }
        }
    }

    private void report() {
        if (System.nanoTime() - reportedNanos >= REPORT_EVERY.toNanos()) {
            reportedNanos = System.nanoTime();
            LOG.warn("waiting for NATS: " + state());
        }
    }

    private void pause() throws InterruptedException {
        long jitter =
                ThreadLocalRandom.current().nextLong(config.reconnectJitter().toMillis() + 1);
        Thread.sleep(config.reconnectWait().toMillis() + jitter);
    }

    void closeUnlessReady() {
        if (!ready) {
            close();
        }
    }

    /** Whoever waits gets an exception. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        synchronized (this) {
            notifyAll();
        }
        Connection now = connection;
        if (now != null) {
            try {
                now.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
