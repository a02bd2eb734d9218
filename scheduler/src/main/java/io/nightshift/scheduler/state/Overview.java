package io.nightshift.scheduler.state;

import io.nightshift.contract.Target;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.Alert;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.ServiceBackup;
import io.nightshift.contract.plan.Slots;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The board, judged at this moment. */
public final class Overview {
    private static final Duration REJECTED_FOR = Duration.ofDays(1);

    private final Fleet fleet;
    private final Board board;
    private final InstantSource clock;
    private final Ranking ranking;

    public Overview(Fleet fleet, Board board, InstantSource clock) {
        this.fleet = fleet;
        this.board = board;
        this.clock = clock;
        this.ranking = new Ranking(fleet, board);
    }

    /** All targets of the fleet file by how safe they are. */
    public Ranks ranks() {
        return ranking.look(clock.instant());
    }

    public Optional<Summary> target(Target target) {
        var judgement = new Judgement(board.alerts(), clock.instant());
        return fleet.backup(target).map(backup -> summary(backup, judgement));
    }

    private Summary summary(ServiceBackup backup, Judgement judgement) {
        var target = backup.target();
        var state = board.target(target).orElseGet(() -> TargetState.unheard(target));
        var upkeep = new TreeMap<String, Run>();
        state.upkeep().forEach((work, end) -> upkeep.put(work.word(), Run.of(end)));
        return new Summary(
                target,
                target.host(),
                target.service(),
                target.destination(),
                judgement.of(backup, state),
                state.last().map(Run::of),
                state.last()
                        .filter(end -> end.problem().isPresent())
                        .or(state::doubt)
                        .map(Run::of),
                state.good(),
                state.good().map(good -> good.at().until(clock.instant(), ChronoUnit.SECONDS)),
                state.nights(lastNight()),
                doing(target),
                upkeep);
    }

    private List<Doing> doing(Target target) {
        return Stream.of(Work.values())
                .flatMap(work -> board.activity(target, work).stream())
                .map(Doing::of)
                .toList();
    }

    /** The date of the newest slot: a fortnight of marks ends there. */
    public LocalDate lastNight() {
        return slots().latest(clock.instant()).date();
    }

    private Slots slots() {
        return new Slots(fleet.schedule().at(), fleet.schedule().zone());
    }

    public Verdict.NextNight nextNight() {
        var slot = slots().next(clock.instant());
        var zone = fleet.schedule().zone();
        return new Verdict.NextNight(
                slot.date(),
                zone.getId(),
                slot.at().atZone(zone).toOffsetDateTime().toString(),
                slot.at());
    }

    /** The alerts that are not over, but for those that a target's health says already; newest first. */
    public List<Alert> warnings(Ranks ranks) {
        var overdue = ranks.worstFirst().stream()
                .takeWhile(each -> each.health() == Health.OVERDUE)
                .map(each -> each.target().toString())
                .collect(Collectors.toSet());
        return board.alerts().stream()
                .filter(alert -> !alert.kind().equals(Alert.OVERDUE) || !overdue.contains(alert.about()))
                .toList();
    }

    public Verdict verdict() {
        return verdict(ranks());
    }

    public Verdict verdict(Ranks ranks) {
        Instant now = clock.instant();
        var counts = ranks.counts();
        long alerts = warnings(ranks).size();
        var worst = counts.keySet().stream()
                .filter(health -> health != Health.OFF)
                .findFirst()
                .orElse(Health.UNKNOWN);
        boolean safe = worst == Health.GOOD && alerts == 0;
        return new Verdict(
                safe,
                worst,
                Headline.of(counts, alerts),
                counts,
                alerts,
                board.rejectedSince(now.minus(REJECTED_FOR)).size(),
                board.running().size(),
                board.waiting(),
                nextNight(),
                now);
    }
}
