package io.nightshift.scheduler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.Work;
import io.nightshift.contract.plan.Forecast;
import io.nightshift.scheduler.Fleets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastTest {
    @Test
    void every_job_has_a_next_run_in_the_window_and_upkeep_follows_within_the_week(@TempDir Path directory)
            throws IOException {
        var fleet = Fleets.twenty(directory);
        var now = Instant.parse("2026-04-16T10:00:00Z");
        var runs = Forecast.next(fleet, now);
        assertThat(runs)
                .filteredOn(run -> run.work() == Work.BACKUP)
                .hasSize(40)
                .allSatisfy(run -> {
                    assertThat(run.night()).isEqualTo("2026-04-17");
                    assertThat(run.local(fleet.schedule().zone()).toLocalTime())
                            .isBetween(LocalTime.of(2, 5), LocalTime.of(4, 5));
                });
        assertThat(runs)
                .filteredOn(run -> run.work() == Work.FORGET)
                .hasSize(40)
                .allSatisfy(run -> assertThat(run.due()).isBetween(now, now.plusSeconds(8 * 86400)));
        assertThat(runs)
                .filteredOn(run -> run.work() == Work.RESTORE_TEST)
                .hasSize(40)
                .allSatisfy(run -> assertThat(run.due()).isBetween(now, now.plusSeconds(29 * 86400)));
    }

    @Test
    void in_the_middle_of_a_window_what_is_still_to_come_is_tonights(@TempDir Path directory) throws IOException {
        var fleet = Fleets.twenty(directory);
        var now = Instant.parse("2026-04-16T17:00:00Z");
        var nights = Forecast.next(fleet, now).stream()
                .filter(run -> run.work() == Work.BACKUP)
                .map(run -> run.night().toString());
        assertThat(nights).contains("2026-04-17", "2026-04-18").hasSize(40);
    }
}
