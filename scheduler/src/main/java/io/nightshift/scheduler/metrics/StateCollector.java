package io.nightshift.scheduler.metrics;

import io.nightshift.contract.Work;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.ServiceBackup;
import io.nightshift.contract.plan.Slots;
import io.nightshift.scheduler.Round;
import io.nightshift.scheduler.ledger.Freshness;
import io.nightshift.scheduler.ledger.JobEntry;
import io.nightshift.scheduler.ledger.Ledger;
import io.nightshift.scheduler.state.Board;
import io.nightshift.scheduler.state.HostState;
import io.nightshift.scheduler.state.Judgement;
import io.nightshift.scheduler.state.TargetState;
import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known at the moment of the scrape, read from ledger and board: nothing is kept twice, however big the fleet. While the bus
 * is away the ledger cannot be read, and nothing is said.
 */
public final class StateCollector extends Collector {
    private static final List<String> TARGET = List.of("host", "service", "destination");
    private static final Set<String> KINDS = Set.of("disabled", "overdue", "uncovered", "waiting", "disk");

    private final Fleet fleet;
    private final Ledger ledger;
    private final Board board;
    private final Queues queues;
    private final Round round;
    private final InstantSource clock;
    private final BooleanSupplier connected;

    public StateCollector(
            Fleet fleet,
            Ledger ledger,
            Board board,
            Queues queues,
            Round round,
            InstantSource clock,
            BooleanSupplier connected) {
        this.fleet = fleet;
        this.ledger = ledger;
        this.board = board;
        this.queues = queues;
        this.round = round;
        this.clock = clock;
        this.connected = connected;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        var always = Stream.of(rounds(), slot());
        return Stream.concat(always, connected.getAsBoolean() ? known() : Stream.empty())
                .map(MetricFamilySamples.class::cast)
                .toList();
    }

    private Stream<GaugeMetricFamily> known() {
        return Stream.concat(
                Stream.of(
                        begun(),
                        jobs(),
                        newestGood(),
                        restoreTested(),
                        limits(),
                        health(),
                        alerts(),
                        snapshots(fleet, board)),
                queued());
    }

    private static GaugeMetricFamily gauge(String name, String help, String... labels) {
        return new GaugeMetricFamily("nightshift_" + name, help, List.of(labels));
    }

    private static double seconds(Instant at) {
        return at.toEpochMilli() / 1000.0;
    }

    private GaugeMetricFamily rounds() {
        var family = gauge("scheduler_round_timestamp_seconds", "When the clock and the due jobs were last looked at");
        round.last().ifPresent(at -> family.addMetric(List.of(), seconds(at)));
        return family;
    }

    private GaugeMetricFamily slot() {
        var slots = new Slots(fleet.schedule().at(), fleet.schedule().zone());
        var family = gauge("night_slot_timestamp_seconds", "The newest time at which a night was to begin");
        family.addMetric(List.of(), seconds(slots.latest(clock.instant()).at()));
        return family;
    }

    private GaugeMetricFamily begun() {
        var family =
                gauge("night_begun_slot_timestamp_seconds", "The slot of the newest night by the clock that was begun");
        ledger.nights().stream()
                .filter(entry -> entry.night().id().isScheduled())
                .map(entry -> entry.night().slot())
                .max(Comparator.naturalOrder())
                .ifPresent(at -> family.addMetric(List.of(), seconds(at)));
        return family;
    }

    private GaugeMetricFamily jobs() {
        var now = clock.instant();
        var family = gauge("jobs", "Jobs that have not ended", "work", "state");
        var counts = ledger.jobs().stream()
                .collect(Collectors.groupingBy(
                        entry -> List.of(entry.id().work().word(), state(entry, now)), Collectors.counting()));
        for (var work : Work.values()) {
            for (var state : List.of("planned", "released", "running")) {
                var labels = List.of(work.word(), state);
                family.addMetric(labels, counts.getOrDefault(labels, 0L));
            }
        }
        return family;
    }

    private static String state(JobEntry entry, Instant now) {
        if (entry.isWaiting()) {
            return "planned";
        }
        return entry.isInHand(now) ? "running" : "released";
    }

    private Stream<ServiceBackup> enabled() {
        return fleet.backups().filter(ServiceBackup::enabled);
    }

    private static List<String> labels(ServiceBackup backup) {
        var target = backup.target();
        return List.of(target.host(), target.service(), target.destination());
    }

    private GaugeMetricFamily newestGood() {
        return good(
                Work.BACKUP,
                "nightshift_backup_newest_good_timestamp_seconds",
                "The instant that the newest good backup is of: the creation of its ZFS snapshot");
    }

    private GaugeMetricFamily restoreTested() {
        return good(
                Work.RESTORE_TEST,
                "nightshift_restore_tested_timestamp_seconds",
                "When a restore was last tested, and everything came back");
    }

    private GaugeMetricFamily good(Work work, String name, String help) {
        var family = new GaugeMetricFamily(name, help, TARGET);
        enabled()
                .forEach(backup -> ledger.freshness(backup.target(), work)
                        .flatMap(Freshness::good)
                        .ifPresent(good -> family.addMetric(labels(backup), seconds(good.data()))));
        return family;
    }

    private GaugeMetricFamily limits() {
        var family = new GaugeMetricFamily(
                "nightshift_backup_overdue_after_seconds",
                "The age at which the newest good backup is overdue",
                TARGET);
        enabled()
                .forEach(backup ->
                        family.addMetric(labels(backup), backup.overdueAfter().toSeconds()));
        return family;
    }

    private GaugeMetricFamily health() {
        var family = gauge(
                "backup_health",
                "1, with how safe the data is, and why it is not, as labels",
                "host",
                "service",
                "destination",
                "health",
                "cause");
        var judgement = new Judgement(board.alerts(), clock.instant());
        fleet.backups()
                .forEach(backup -> board.target(backup.target()).ifPresent(state -> {
                    var target = backup.target();
                    family.addMetric(
                            List.of(
                                    target.host(),
                                    target.service(),
                                    target.destination(),
                                    judgement.of(backup, state).word(),
                                    cause(state)),
                            1);
                }));
        return family;
    }

    private static String cause(TargetState state) {
        return state.last().map(JobMeters::cause).orElse("");
    }

    private GaugeMetricFamily alerts() {
        var family = gauge("alerts", "Alerts on the bus that are not over", "kind");
        Map<String, Long> counts = board.alerts().stream()
                .collect(Collectors.groupingBy(
                        alert -> KINDS.contains(alert.kind()) ? alert.kind() : "other", Collectors.counting()));
        Stream.concat(KINDS.stream().sorted(), Stream.of("other"))
                .forEach(kind -> family.addMetric(List.of(kind), counts.getOrDefault(kind, 0L)));
        return family;
    }

    /** Of a host that is switched off none is awaited, so an old one is nothing to tell of. */
    static GaugeMetricFamily snapshots(Fleet fleet, Board board) {
        var family =
                gauge("snapshot_ready_timestamp_seconds", "When the host last announced its ZFS snapshots", "host");
        board.hosts().stream()
                .filter(host -> isOn(fleet, host))
                .forEach(host ->
                        host.ready().ifPresent(ready -> family.addMetric(List.of(host.name()), seconds(ready.at()))));
        return family;
    }

    private static boolean isOn(Fleet fleet, HostState host) {
        var known = fleet.hosts().get(host.name());
        return known != null && known.enabled();
    }

    private Stream<GaugeMetricFamily> queued() {
        var pending = gauge("queue_pending_jobs", "Jobs handed out that no worker has taken", "host", "destination");
        var held =
                gauge("queue_held_jobs", "Jobs that a worker has in hand, or had when it died", "host", "destination");
        for (var queue : queues.look()) {
            if (fleet.hosts().containsKey(queue.host()) && fleet.destinations().containsKey(queue.destination())) {
                var labels = List.of(queue.host(), queue.destination());
                pending.addMetric(labels, queue.pending());
                held.addMetric(labels, queue.held());
            }
        }
        return Stream.of(pending, held);
    }
}
