package io.nightshift.notifier;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Keeps incidents, so that a restart neither repeats nor forgets. Safe for use by many threads. */
public interface IncidentStore {
    /**
     * Changes an incident, or makes one; each change sees the one before. The function may be called more than once. An
     * incident is never removed: the bucket forgets what has not changed for a year.
     *
     * @return the incident after the change
     */
    Optional<Incident> change(String key, UnaryOperator<Optional<Incident>> change);

    List<Incident> all();
}
