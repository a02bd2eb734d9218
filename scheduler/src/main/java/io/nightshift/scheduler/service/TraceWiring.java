package io.nightshift.scheduler.service;

import io.nightshift.scheduler.ledger.Ledger;
import io.nightshift.scheduler.plan.Planner;
import io.nightshift.scheduler.release.Ends;
import io.nightshift.scheduler.trace.NightSpans;
import io.nightshift.telemetry.trace.Traces;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Has nights recorded, before anything is heard. */
@Singleton
class TraceWiring {
    private static final int FIRST = 100;

    void record(
            @Observes @Priority(FIRST) StartupEvent event, Planner planner, Ends ends, Ledger ledger, Traces traces) {
        var spans = new NightSpans(ledger, traces);
        planner.onHost(spans);
        ends.onNightEnd(spans);
        ends.onEnd(spans);
    }
}
