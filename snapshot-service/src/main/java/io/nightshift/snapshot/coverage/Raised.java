package io.nightshift.snapshot.coverage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The alerts of a host that have been raised and not ended, as they are kept: so that a restart neither repeats nor
 * forgets one.
 *
 * @param uncovered what no service backs up, by the alert that told of it. Things that were found together share one
 * @param unknown why it could not be found out what is uncovered
 * @param full pools, or file systems, that are nearly full
 */
public record Raised(SortedMap<String, SortedSet<String>> uncovered, Optional<String> unknown, SortedSet<String> full) {

    @SuppressWarnings({"OptionalUsedAsFieldOrParameterType", "OptionalAssignedToNull"}) // JSON leaves out what is empty
    public Raised {
        uncovered = uncovered == null ? new TreeMap<>() : new TreeMap<>(uncovered);
        unknown = unknown == null ? Optional.empty() : unknown;
        full = full == null ? new TreeSet<>() : new TreeSet<>(full);
    }

    public static Raised nothing() {
        return new Raised(new TreeMap<>(), Optional.empty(), new TreeSet<>());
    }

    /**
     * @param together the alert that new things share where there are more than {@code few}; otherwise each has its own
     */
    Raised found(Set<String> things, String together, int few) {
        var next = new TreeMap<String, SortedSet<String>>();
        var fresh = new TreeSet<>(things);
        uncovered.forEach((alert, old) -> {
            var still = new TreeSet<>(old);
            still.retainAll(things);
            fresh.removeAll(still);
            if (!still.isEmpty()) {
                next.put(alert, still);
            }
        });
        for (String thing : fresh) {
            next.computeIfAbsent(fresh.size() > few ? together : thing, alert -> new TreeSet<>())
                    .add(thing);
        }
        return new Raised(next, Optional.empty(), full);
    }

    Raised notFoundOut(String why) {
        return new Raised(uncovered, Optional.of(why), full);
    }

    /** Full at the limit, well again only some way below it: else one that goes to and fro would tell of it each time. */
    Raised filled(Map<String, Integer> percent, int limit, int margin) {
        var next = new TreeSet<String>();
        percent.forEach((disk, used) -> {
            if (used >= limit || (full.contains(disk) && used > limit - margin)) {
                next.add(disk);
            }
        });
        return new Raised(uncovered, unknown, next);
    }

    /** Alerts whose things are not the same as before. */
    SortedMap<String, SortedSet<String>> changedSince(Raised before) {
        var changed = new TreeMap<>(uncovered);
        changed.entrySet().removeIf(entry -> entry.getValue().equals(before.uncovered.get(entry.getKey())));
        return changed;
    }

    List<String> endedSince(Raised before) {
        return before.uncovered.keySet().stream()
                .filter(alert -> !uncovered.containsKey(alert))
                .toList();
    }
}
