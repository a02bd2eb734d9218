package io.nightshift.nats;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.jboss.logging.Logger;

/**
 * Connects while the checks of the service are made and its channels are joined, which wait for it by themselves; nothing of the
 * service begins before. Drains the channels before anything else stops. The connection itself is closed with the client's bean,
 * after all observers of the shutdown.
 */
@ApplicationScoped
class NatsLifecycle {
    private static final Logger LOG = Logger.getLogger(NatsLifecycle.class);

    private static final int CONNECT_FIRST = 50;
    private static final int WHEN_CHANNELS_ARE_JOINED = Interceptor.Priority.LIBRARY_BEFORE + 100;

    private final NatsClient client;
    private final NatsConnector connector;

    NatsLifecycle(NatsClient client, @Connector(NatsConnector.NAME) NatsConnector connector) {
        this.client = client;
        this.connector = connector;
    }

    void start(@Observes @Priority(CONNECT_FIRST) StartupEvent event) {
        client.start();
    }

    void awaitReady(@Observes @Priority(WHEN_CHANNELS_ARE_JOINED) StartupEvent event) throws InterruptedException {
        client.awaitReady();
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        client.beginStopping();
        connector.drain(client.config().drainTimeout());
        LOG.debug("all channels are drained");
    }
}
