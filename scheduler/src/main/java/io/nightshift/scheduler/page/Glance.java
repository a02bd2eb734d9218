package io.nightshift.scheduler.page;

import io.nightshift.contract.event.Alert;
import io.nightshift.contract.event.Rejected;
import io.nightshift.scheduler.state.Doing;
import io.nightshift.scheduler.state.Ranked;
import io.nightshift.scheduler.state.RestoreState;
import io.nightshift.scheduler.state.Summary;
import io.nightshift.scheduler.state.Verdict;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The first glance: is everything safe, what runs, what is wrong. Of each list only the beginning.
 *
 * @param restoring restores that wait or run
 * @param unshown how many there are of what is wrong beyond those lists
 */
record Glance(
        Verdict verdict,
        List<Doing> running,
        List<RestoreState> restoring,
        List<Summary> bad,
        List<Alert> warnings,
        List<Rejected> rejected,
        long unshown,
        ZoneId zone) {
    private static final int SHOWN = 20;

    /** @param running what runs, without what waits; the other lists as they are */
    static Glance of(
            Verdict verdict,
            Stream<Doing> running,
            Stream<RestoreState> restoring,
            List<Ranked> bad,
            Function<Ranked, Optional<Summary>> summary,
            List<Alert> warnings,
            List<Rejected> rejected,
            ZoneId zone) {
        long unshown = Stream.of(bad, warnings, rejected)
                .mapToLong(list -> Math.max(0, list.size() - SHOWN))
                .sum();
        return new Glance(
                verdict,
                running.limit(SHOWN).toList(),
                restoring.limit(SHOWN).toList(),
                first(bad).stream()
                        .flatMap(each -> summary.apply(each).stream())
                        .toList(),
                first(warnings),
                first(rejected),
                unshown,
                zone);
    }

    private static <T> List<T> first(List<T> all) {
        return all.stream().limit(SHOWN).toList();
    }

    /** What decides the colour and the sign: good only where it is safe. */
    public String word() {
        if (verdict.safe()) {
            return "good";
        }
        return verdict.worst().isBad() || verdict.alerts() == 0
                ? verdict.worst().word()
                : "warning";
    }

    /** How much runs. */
    public long doing() {
        return verdict.running() + restoring.size();
    }

    public long secondsToNight() {
        return Duration.between(verdict.asOf(), verdict.nextNight().utc()).toSeconds();
    }
}
