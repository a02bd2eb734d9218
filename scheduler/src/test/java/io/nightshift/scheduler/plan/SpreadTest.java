package io.nightshift.scheduler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.NightId;
import io.nightshift.contract.Target;
import io.nightshift.contract.event.Night;
import io.nightshift.contract.event.Window;
import io.nightshift.contract.fleet.Upkeep.Rhythm;
import io.nightshift.contract.plan.Spread;
import io.nightshift.scheduler.Fleets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpreadTest {
    private static final LocalDate DATE = LocalDate.of(2026, 4, 17);
    private static final Window WINDOW =
            new Window(Instant.parse("2026-04-16T16:05:00Z"), Instant.parse("2026-04-16T18:05:00Z"));

    @Test
    void a_due_time_is_the_same_in_every_version() {
        assertThat(Spread.due(new Target("daedalus", "prowlarr", "local"), DATE, WINDOW))
                .isEqualTo("2026-04-16T17:57:04.792Z");
    }

    @Test
    void a_later_window_moves_the_due_time_by_as_much() {
        var target = new Target("daedalus", "prowlarr", "local");
        var later = new Window(WINDOW.from().plusSeconds(3600), WINDOW.to().plusSeconds(3600));
        assertThat(Spread.due(target, DATE, later))
                .isEqualTo(Spread.due(target, DATE, WINDOW).plusSeconds(3600));
    }

    @Test
    void forty_jobs_are_spread_over_the_whole_window(@TempDir Path directory) throws IOException {
        var fleet = Fleets.twenty(directory);
        var night = new Night(NightId.scheduled(DATE), WINDOW.from(), Optional.of(WINDOW));
        var dues = Jobs.ofHost(fleet, "daedalus").stream()
                .map(backup -> Jobs.due(backup, night, Instant.EPOCH))
                .toList();
        assertThat(dues)
                .hasSize(40)
                .doesNotHaveDuplicates()
                .allSatisfy(due -> assertThat(due).isBetween(WINDOW.from(), WINDOW.to()));
        var quarters = dues.stream()
                .collect(Collectors.groupingBy(
                        due -> (due.getEpochSecond() - WINDOW.from().getEpochSecond()) / 1800, Collectors.counting()));
        assertThat(quarters).hasSize(4);
        assertThat(quarters.values()).allMatch(count -> count >= 3);
    }

    @Test
    void a_weekly_repository_has_exactly_one_upkeep_night_in_any_week_and_a_monthly_one_falls_on_it() {
        var target = new Target("daedalus", "prowlarr", "local");
        for (int week = 0; week < 60; week++) {
            var from = DATE.plusDays(week);
            assertThat(from.datesUntil(from.plusDays(7)).filter(d -> Spread.isUpkeepNight(target, Rhythm.WEEKLY, d)))
                    .hasSize(1);
            assertThat(from.datesUntil(from.plusDays(28)).filter(d -> Spread.isUpkeepNight(target, Rhythm.MONTHLY, d)))
                    .hasSize(1)
                    .allMatch(d -> Spread.isUpkeepNight(target, Rhythm.WEEKLY, d));
        }
        assertThat(Spread.isUpkeepNight(target, Rhythm.NEVER, DATE)).isFalse();
    }
}
