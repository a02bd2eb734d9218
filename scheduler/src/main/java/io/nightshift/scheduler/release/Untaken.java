package io.nightshift.scheduler.release;

import io.nightshift.contract.event.Alert;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.ServiceBackup;
import io.nightshift.scheduler.alarm.Alarms;
import io.nightshift.scheduler.ledger.JobEntry;
import io.nightshift.scheduler.ledger.Ledger;
import io.nightshift.scheduler.ledger.Raised;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells of jobs that were handed out and that no worker takes: one alert for a host and destination, however many jobs wait. A queue
 * behind a long run is none: it counts from the last word of any worker of that destination, as its places are shared by all
 * hosts, and only while none runs. It is over when a worker of that host and destination says something.
 */
public final class Untaken {
    private final Fleet fleet;
    private final Ledger ledger;
    private final Alarms alarms;
    private final Duration limit;

    public Untaken(Fleet fleet, Ledger ledger, Alarms alarms, Duration limit) {
        this.fleet = fleet;
        this.ledger = ledger;
        this.alarms = alarms;
        this.limit = limit;
    }

    /** A worker serves one host and one destination. */
    private record Queue(String host, String destination) implements Comparable<Queue> {
        static Queue of(JobEntry entry) {
            return new Queue(entry.target().host(), entry.target().destination());
        }

        @Override
        public int compareTo(Queue other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return host + "/" + destination;
        }
    }

    public void look(Instant now) {
        alarms.raised(Alert.WAITING).forEach(raised -> endIfOver(raised, now));
        var running = ledger.jobs().stream()
                .filter(entry -> entry.isInHand(now))
                .map(entry -> entry.target().destination())
                .collect(Collectors.toSet());
        ledger.jobs().stream()
                .filter(entry ->
                        entry.isOut() && !running.contains(entry.target().destination()))
                .collect(Collectors.groupingBy(Queue::of, TreeMap::new, Collectors.toList()))
                .forEach((queue, jobs) -> raiseIfLong(queue, jobs, now));
    }

    private void raiseIfLong(Queue queue, List<JobEntry> jobs, Instant now) {
        var first = jobs.stream()
                .map(entry -> entry.releasedAt().orElse(now))
                .min(Comparator.naturalOrder())
                .orElse(now);
        var since = ledger.lastSign(queue.destination()).filter(first::isBefore).orElse(first);
        if (!since.plus(limit).isAfter(now)) {
            alarms.raise(
                    Alert.of(
                            Alert.WAITING,
                            queue.toString(),
                            since.plus(limit),
                            "no worker of host " + queue.host() + " takes jobs for destination " + queue.destination()
                                    + ": " + jobs.size() + " wait, the first since " + first,
                            "see whether the worker of host " + queue.host() + " for destination " + queue.destination()
                                    + " runs"),
                    now);
        }
    }

    private void endIfOver(Raised raised, Instant now) {
        var part = raised.about().split("/", -1);
        var queue = new Queue(part[0], part.length > 1 ? part[1] : "");
        Optional<Instant> sign = ledger.lastSign(queue.host(), queue.destination());
        if (sign.filter(raised.since()::isBefore).isPresent()) {
            alarms.end(Alert.WAITING, raised.about(), sign.get(), "a worker takes jobs of " + queue + " again");
        } else if (!isInUse(queue)) {
            alarms.end(Alert.WAITING, raised.about(), now, queue + " has no backups any more");
        }
    }

    private boolean isInUse(Queue queue) {
        var jobs = ledger.jobs().stream().map(JobEntry::target);
        var planned = fleet.backups().filter(ServiceBackup::enabled).map(ServiceBackup::target);
        return Stream.concat(jobs, planned)
                .anyMatch(target -> target.host().equals(queue.host())
                        && target.destination().equals(queue.destination()));
    }
}
