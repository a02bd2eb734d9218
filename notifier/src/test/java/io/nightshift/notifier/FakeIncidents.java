package io.nightshift.notifier;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Incidents in memory. */
final class FakeIncidents implements IncidentStore {
    private final Map<String, Incident> incidents = new ConcurrentHashMap<>();

    @Override
    public Optional<Incident> change(String key, UnaryOperator<Optional<Incident>> change) {
        return Optional.ofNullable(incidents.compute(
                key, (k, before) -> change.apply(Optional.ofNullable(before)).orElse(null)));
    }

    @Override
    public List<Incident> all() {
        return List.copyOf(incidents.values());
    }
}
