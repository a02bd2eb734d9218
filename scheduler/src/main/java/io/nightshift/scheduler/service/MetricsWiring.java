package io.nightshift.scheduler.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.nats.NatsClient;
import io.nightshift.scheduler.Round;
import io.nightshift.scheduler.ledger.Ledger;
import io.nightshift.scheduler.metrics.JobMeters;
import io.nightshift.scheduler.metrics.Queues;
import io.nightshift.scheduler.metrics.StateCollector;
import io.nightshift.scheduler.release.Ends;
import io.nightshift.scheduler.state.Board;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Joins what is counted and what is known to the registry, before anything is heard. */
@Singleton
class MetricsWiring {
    private static final int FIRST = 100;

    void count(@Observes @Priority(FIRST) StartupEvent event, Fleet fleet, MeterRegistry registry, Ends ends) {
        var meters = new JobMeters(fleet, registry);
        ends.onEnd((end, planned) -> meters.ended(end));
    }

    void show(
            @Observes @Priority(FIRST) StartupEvent event,
            Fleet fleet,
            PrometheusMeterRegistry registry,
            Ledger ledger,
            Board board,
            Queues queues,
            Round round,
            InstantSource clock,
            NatsClient nats) {
        var state = new StateCollector(fleet, ledger, board, queues, round, clock, nats::connected);
        registry.getPrometheusRegistry().register(state);
    }
}
