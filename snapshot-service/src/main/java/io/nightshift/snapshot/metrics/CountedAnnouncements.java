package io.nightshift.snapshot.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.snapshot.Announcements;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.Optional;

/** Counts what this host has answered to the starts of nights. */
@Decorator
@Priority(Interceptor.Priority.APPLICATION)
class CountedAnnouncements implements Announcements {
    private final Announcements announcements;
    private final MeterRegistry registry;

    @Inject
    CountedAnnouncements(@Delegate @Any Announcements announcements, MeterRegistry registry) {
        this.announcements = announcements;
        this.registry = registry;
    }

    @Override
    public Optional<SnapshotEvent.Ready> lastReady() {
        return announcements.lastReady();
    }

    @Override
    public Optional<SnapshotEvent.Failed> lastFailed() {
        return announcements.lastFailed();
    }

    @Override
    public void announce(SnapshotEvent event) {
        announcements.announce(event);
        Counter.builder("nightshift.snapshot.answers")
                .description("Answers to the starts of nights: ready or failed")
                .tag("outcome", event instanceof SnapshotEvent.Failed ? "failed" : "ready")
                .register(registry)
                .increment();
    }
}
