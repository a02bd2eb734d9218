package io.nightshift.contract.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.NightId;
import io.nightshift.contract.event.StartNight;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotsTest {
    private static final LocalDate FIRST = LocalDate.of(2025, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2034, 12, 31);

    private final Slots sydney = new Slots(LocalTime.of(2, 0), ZoneId.of("Australia/Sydney"));
    private final Slots berlin = new Slots(LocalTime.of(2, 30), ZoneId.of("Europe/Berlin"));

    @Test
    void a_time_in_a_gap_moves_to_the_first_instant_after_it() {
        assertThat(sydney.of(LocalDate.of(2026, 10, 4)).at()).isEqualTo("2026-10-03T16:00:00Z");
        assertThat(berlin.of(LocalDate.of(2026, 3, 29)).at()).isEqualTo("2026-03-29T01:00:00Z");
    }

    @Test
    void of_a_time_that_comes_twice_the_first_counts() {
        assertThat(sydney.of(LocalDate.of(2026, 4, 5)).at()).isEqualTo("2026-04-04T15:00:00Z");
        assertThat(berlin.of(LocalDate.of(2026, 10, 25)).at()).isEqualTo("2026-10-25T00:30:00Z");
    }

    @Test
    void a_command_is_ahead_if_it_names_the_night_of_a_slot_that_is_still_to_come() {
        var at = Instant.parse("2026-06-01T00:30:00Z");
        assertThat(berlin.isAhead(naming("2026-06-01"), at)).isFalse();
        assertThat(berlin.isAhead(naming("2026-06-01"), at.minusSeconds(60)))
                .as("clocks differ")
                .isFalse();
        assertThat(berlin.isAhead(naming("2026-06-01"), at.minusSeconds(7200))).isTrue();
        assertThat(berlin.isAhead(naming("2026-06-02"), at)).isTrue();
        assertThat(berlin.isAhead(naming("2026-06-02T093012.500"), at))
                .as("by hand")
                .isFalse();
        assertThat(berlin.isAhead(StartNight.now(), at)).isFalse();
    }

    private static StartNight naming(String night) {
        return new StartNight(Optional.of(new NightId(night)), Optional.empty(), Optional.empty(), List.of());
    }

    @Test
    void at_the_slot_itself_the_slot_is_the_latest_and_the_next_is_tomorrows() {
        var at = Instant.parse("2026-06-01T00:30:00Z");
        assertThat(berlin.latest(at).date()).isEqualTo("2026-06-01");
        assertThat(berlin.latest(at.minusMillis(1)).date()).isEqualTo("2026-05-31");
        assertThat(berlin.next(at).date()).isEqualTo("2026-06-02");
        assertThat(berlin.next(at.minusMillis(1)).date()).isEqualTo("2026-06-01");
    }

    @Test
    void in_the_second_pass_of_an_overlap_the_night_is_not_begun_again() {
        var secondPass = Instant.parse("2026-10-25T01:30:00Z");
        assertThat(berlin.next(secondPass).date()).isEqualTo("2026-10-26");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00:00", "00:30", "02:00", "02:30", "03:00", "12:00", "23:00", "23:59:59"})
    void in_every_zone_for_ten_years_each_date_has_one_slot_in_order_and_none_is_early(String at) {
        for (var name : ZoneId.getAvailableZoneIds()) {
            var slots = new Slots(LocalTime.parse(at), ZoneId.of(name));
            var before = slots.of(FIRST.minusDays(1));
            for (var date = FIRST; !date.isAfter(LAST); date = date.plusDays(1)) {
                var slot = slots.of(date);
                var local = slot.at().atZone(slots.zone()).toLocalDateTime();
                if (!slot.at().isAfter(before.at()) || local.isBefore(date.atTime(slots.at()))) {
                    throw new AssertionError(name + " " + before + " " + slot);
                }
                before = slot;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Australia/Sydney", "Europe/Berlin", "Africa/Cairo", "America/Nuuk", "Australia/Lord_Howe", "UTC"
            })
    void next_and_latest_are_neighbours_at_every_hour_of_ten_years(String zone) {
        var slots = new Slots(LocalTime.of(0, 0), ZoneId.of(zone));
        for (var now = Instant.parse("2025-01-01T00:00:00Z");
                now.isBefore(Instant.parse("2035-01-01T00:00:00Z"));
                now = now.plusSeconds(3600)) {
            var latest = slots.latest(now);
            var next = slots.next(now);
            if (!next.date().equals(latest.date().plusDays(1))
                    || latest.at().isAfter(now)
                    || !next.at().isAfter(now)) {
                throw new AssertionError(zone + " " + now + " " + latest + " " + next);
            }
        }
    }
}
