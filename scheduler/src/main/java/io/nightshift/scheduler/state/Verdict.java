package io.nightshift.scheduler.state;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/**
 * The answer to the first question.
 *
 * @param safe whether each target that is switched on has a good backup that is young enough, and nothing warns
 * @param worst of all targets that are switched on
 * @param headline in one sentence
 * @param targets how many there are of each health
 * @param alerts that are not over
 * @param running jobs, and {@code waiting}
 */
public record Verdict(
        boolean safe,
        Health worst,
        String headline,
        Map<Health, Long> targets,
        long alerts,
        long rejectedLastDay,
        long running,
        long waiting,
        NextNight nextNight,
        Instant asOf) {

    /** @param local with the offset of that moment; {@code utc} is the same moment */
    public record NextNight(LocalDate night, String zone, String local, Instant utc) {}
}
