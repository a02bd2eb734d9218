package io.nightshift.notifier;

import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.UnaryOperator;

/** Incidents in memory. */
final class FakeIncidents implements IncidentStore {
    /** What happens after the next change, before who made it goes on. */
    final Deque<Runnable> afterwards = new ConcurrentLinkedDeque<>();

    private final Map<String, Incident> incidents = new ConcurrentHashMap<>();

    @Override
    public Optional<Incident> change(String key, UnaryOperator<Optional<Incident>> change) {
        var after = Optional.ofNullable(incidents.compute(
                key, (k, before) -> change.apply(Optional.ofNullable(before)).orElse(null)));
        Optional.ofNullable(afterwards.poll()).ifPresent(Runnable::run);
        return after;
    }

    @Override
    public List<Incident> all() {
        return List.copyOf(incidents.values());
    }
}
