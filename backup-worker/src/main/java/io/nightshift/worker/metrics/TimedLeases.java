package io.nightshift.worker.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.nightshift.contract.Target;
import io.nightshift.contract.event.Failure;
import io.nightshift.worker.Leases;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.function.Consumer;

/** Measures how long is waited for leases, whether they are had in the end or not. */
@Decorator
@Priority(Interceptor.Priority.APPLICATION)
class TimedLeases implements Leases {
    private static final Duration[] LIMITS = {
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofMinutes(10),
        Duration.ofHours(1)
    };

    private final Leases leases;
    private final MeterRegistry registry;

    @Inject
    TimedLeases(@Delegate @Any Leases leases, MeterRegistry registry) {
        this.leases = leases;
        this.registry = registry;
    }

    private interface Wait {
        Lease end() throws InterruptedException;
    }

    private Lease timed(String kind, Wait wait) throws InterruptedException {
        var begun = Timer.start(registry);
        try {
            return wait.end();
        } finally {
            begun.stop(Timer.builder("nightshift.lease.wait")
                    .description(
                            "How long was waited for the right to a place of the destination, a repository or a folder")
                    .tag("kind", kind)
                    .serviceLevelObjectives(LIMITS)
                    .register(registry));
        }
    }

    @Override
    public Lease slot(String destination, int slots, Consumer<Failure> lost) throws InterruptedException {
        return timed("slot", () -> leases.slot(destination, slots, lost));
    }

    @Override
    public Lease repository(Target target, Consumer<Failure> lost) throws InterruptedException {
        return timed("repository", () -> leases.repository(target, lost));
    }

    @Override
    public Lease place(String host, String place, Consumer<Failure> lost) throws InterruptedException {
        return timed("place", () -> leases.place(host, place, lost));
    }
}
