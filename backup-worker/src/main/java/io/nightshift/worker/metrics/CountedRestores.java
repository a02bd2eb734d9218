package io.nightshift.worker.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nightshift.contract.event.RestoreProgress;
import io.nightshift.contract.event.RestoreStatus;
import io.nightshift.worker.restore.RestoreReports;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;

/** Counts restores as they end. */
@Decorator
@Priority(Interceptor.Priority.APPLICATION)
class CountedRestores implements RestoreReports {
    private final RestoreReports reports;
    private final MeterRegistry registry;

    @Inject
    CountedRestores(@Delegate @Any RestoreReports reports, MeterRegistry registry) {
        this.reports = reports;
        this.registry = registry;
    }

    @Override
    public void status(RestoreStatus status) {
        reports.status(status);
        if (status.isFinal()) {
            Counter.builder("nightshift.restores.ended")
                    .description("Restores that have ended")
                    .tags("destination", status.target().destination(), "state", status.state())
                    .register(registry)
                    .increment();
        }
    }

    @Override
    public void progress(RestoreProgress progress) {
        reports.progress(progress);
    }
}
