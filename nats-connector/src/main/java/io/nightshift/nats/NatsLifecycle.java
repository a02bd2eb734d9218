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
 * Connects before the channels start, and drains them before anything else stops. The connection itself is closed with the
 * client's bean, after all observers of the shutdown.
 */
@ApplicationScoped
class NatsLifecycle {
    private static final Logger LOG = Logger.getLogger(NatsLifecycle.class);

    private final NatsClient client;
    private final NatsConnector connector;

    NatsLifecycle(NatsClient client, @Connector(NatsConnector.NAME) NatsConnector connector) {
        this.client = client;
        this.connector = connector;
    }

    void start(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE - 100) StartupEvent event)
            throws InterruptedException {
        client.start();
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        client.beginStopping();
        connector.drain(client.config().drainTimeout());
        LOG.debug("all channels are drained");
    }
}
