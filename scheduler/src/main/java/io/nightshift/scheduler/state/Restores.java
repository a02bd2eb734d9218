package io.nightshift.scheduler.state;

import io.nightshift.contract.Target;
import io.nightshift.contract.event.RestoreProgress;
import io.nightshift.contract.event.RestoreStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The restores of the last days: of more than the limit, those that were heard of first are forgotten. Thread-safe. */
public final class Restores {
    private static final int LIMIT = 1_000;

    private record Key(Target target, String id) {}

    private final Map<Key, RestoreState> states = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, RestoreState> eldest) {
            return size() > LIMIT;
        }
    };

    /** Before any worker says something of it. */
    public synchronized void asked(String id, Target target, Instant at) {
        states.putIfAbsent(new Key(target, id), RestoreState.asked(id, target, at));
    }

    synchronized RestoreState heard(RestoreStatus status) {
        var key = new Key(status.target(), status.restore());
        var before = states.getOrDefault(key, RestoreState.asked(status.restore(), status.target(), status.at()));
        var now = before.heard(status);
        states.put(key, now);
        return now;
    }

    synchronized void heard(RestoreProgress progress) {
        states.computeIfPresent(new Key(progress.target(), progress.restore()), (key, state) -> state.heard(progress));
    }

    public synchronized Optional<RestoreState> one(Target target, String id) {
        return Optional.ofNullable(states.get(new Key(target, id)));
    }

    /** Those that are not over first; then the newest first. */
    public synchronized List<RestoreState> all() {
        return states.values().stream()
                .sorted(Comparator.comparing(RestoreState::isOver)
                        .thenComparing(RestoreState::at, Comparator.reverseOrder()))
                .toList();
    }
}
