package io.nightshift.worker.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nightshift.worker.Runs;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Says how many jobs and restores this process has in hand. */
@ApplicationScoped
class RunsGauge {

    void start(@Observes StartupEvent event, MeterRegistry registry, Runs runs) {
        Gauge.builder("nightshift.worker.runs", runs, Runs::count)
                .description("Jobs and restores that this process has in hand")
                .strongReference(true)
                .register(registry);
    }
}
