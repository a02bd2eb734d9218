package io.nightshift.scheduler.state;

import io.nightshift.contract.Target;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.ServiceBackup;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the targets of the fleet file in order as things change: a look judges what was heard of since the last one, and what has become
 * too old meanwhile, however many there are. Thread-safe.
 */
final class Ranking {
    /** @param until when it will be overdue if nothing good is heard before */
    private record Place(Ranked ranked, Instant until) {}

    private final Fleet fleet;
    private final Board board;
    private final Set<Target> changed = ConcurrentHashMap.newKeySet();
    private final Map<Target, Place> places = new HashMap<>();
    private final NavigableSet<Ranked> order = new TreeSet<>();
    private final NavigableSet<Place> limits =
            new TreeSet<>(Comparator.comparing(Place::until).thenComparing(Place::ranked));
    private Instant lookedAt = Instant.MIN;
    private Ranks newest;

    Ranking(Fleet fleet, Board board) {
        this.fleet = fleet;
        this.board = board;
        this.newest = Ranks.none(fleet);
        board.onTarget(changed::add);
        fleet.backups().map(ServiceBackup::target).forEach(changed::add);
    }

    synchronized Ranks look(Instant now) {
        if (now.isBefore(lookedAt)) { // the clock was set back: what was too old may not be
            judge(List.copyOf(places.keySet()), now);
        }
        lookedAt = now;
        judge(takeChanged(), now);
        judge(
                limits.stream()
                        .takeWhile(place -> place.until().isBefore(now))
                        .map(place -> place.ranked().target())
                        .toList(),
                now);
        return newest;
    }

    /** Taken before it is judged: what is heard meanwhile is judged once more. */
    private Set<Target> takeChanged() {
        var taken = Set.copyOf(changed);
        changed.removeAll(taken);
        return taken;
    }

    private void judge(Collection<Target> targets, Instant now) {
        if (targets.isEmpty()) {
            return;
        }
        var judgement = new Judgement(board.alerts(), now);
        targets.forEach(target -> put(target, judgement));
        var counts = new EnumMap<Health, Long>(Health.class);
        order.forEach(ranked -> counts.merge(ranked.health(), 1L, Long::sum));
        newest = newest.with(List.copyOf(order), Collections.unmodifiableMap(counts));
    }

    private void put(Target target, Judgement judgement) {
        var backup = fleet.backup(target).orElseThrow();
        var state = board.target(target).orElseThrow();
        var health = judgement.of(backup, state);
        var until = state.good()
                .filter(good -> health != Health.OVERDUE && health != Health.OFF)
                .map(good -> good.at().plus(backup.overdueAfter()))
                .orElse(Instant.MAX);
        var place = new Place(new Ranked(target, health), until);
        var before = places.put(target, place);
        if (before != null) {
            order.remove(before.ranked());
            limits.remove(before);
        }
        order.add(place.ranked());
        limits.add(place);
    }
}
