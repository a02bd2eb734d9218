package io.nightshift.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nightshift.nats.NatsClient;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Says whether this process can use the bus. */
@ApplicationScoped
class BusGauge {

    void start(@Observes StartupEvent event, MeterRegistry registry, NatsClient nats) {
        Gauge.builder("nightshift.bus.connected", nats, client -> client.connected() ? 1 : 0)
                .description("Whether this process is connected to NATS")
                .strongReference(true)
                .register(registry);
    }
}
