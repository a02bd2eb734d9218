package io.nightshift.notifier.service;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nightshift.notifier.Sender;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.ToDoubleFunction;

/** Says how many messages have not reached anybody. */
@ApplicationScoped
class SenderGauges {

    void start(@Observes StartupEvent event, MeterRegistry registry, Sender sender) {
        gauge(registry, sender, "waiting", "Messages that are due and have not been sent", state -> state.waiting());
        gauge(
                registry,
                sender,
                "undelivered",
                "Messages that the channel has refused for good",
                state -> state.refused().size());
    }

    private static void gauge(
            MeterRegistry registry,
            Sender sender,
            String what,
            String description,
            ToDoubleFunction<Sender.State> value) {
        Gauge.builder("nightshift.notifications." + what, sender, now -> value.applyAsDouble(now.state()))
                .description(description)
                .strongReference(true)
                .register(registry);
    }
}
