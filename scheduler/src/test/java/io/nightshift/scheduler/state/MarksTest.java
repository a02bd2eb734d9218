package io.nightshift.scheduler.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class MarksTest {
    private static final LocalDate DAY = LocalDate.parse("2026-04-17");

    @Test
    void a_night_that_nobody_heard_of_has_no_mark() {
        assertThat(Marks.EMPTY.endingAt(DAY))
                .hasSize(14)
                .extracting(Marks.Night::mark)
                .containsOnly(Mark.NONE);
    }

    @Test
    void each_night_is_where_it_belongs_and_the_oldest_comes_first() {
        var nights = Marks.EMPTY
                .with(DAY.minusDays(13), Mark.FAILED)
                .with(DAY.minusDays(1), Mark.GOOD)
                .with(DAY, Mark.SUSPECT)
                .endingAt(DAY);

        assertThat(nights.get(0)).isEqualTo(new Marks.Night(DAY.minusDays(13), Mark.FAILED));
        assertThat(nights.get(12).mark()).isEqualTo(Mark.GOOD);
        assertThat(nights.get(13)).isEqualTo(new Marks.Night(DAY, Mark.SUSPECT));
        assertThat(nights)
                .extracting(Marks.Night::mark)
                .filteredOn(Mark.NONE::equals)
                .hasSize(11);
    }

    @Test
    void what_was_heard_late_finds_its_place_and_what_is_too_old_is_forgotten() {
        var marks = Marks.EMPTY
                .with(DAY, Mark.GOOD)
                .with(DAY.minusDays(2), Mark.FAILED)
                .with(DAY.minusDays(14), Mark.FAILED);

        assertThat(marks.endingAt(DAY).get(11).mark()).isEqualTo(Mark.FAILED);
        assertThat(marks.endingAt(DAY))
                .extracting(Marks.Night::mark)
                .filteredOn(Mark.FAILED::equals)
                .hasSize(1);
    }

    @Test
    void a_backup_by_hand_makes_good_a_failed_night() {
        assertThat(Marks.EMPTY
                        .with(DAY, Mark.FAILED)
                        .with(DAY, Mark.GOOD)
                        .endingAt(DAY)
                        .get(13)
                        .mark())
                .isEqualTo(Mark.GOOD);
    }

    @Test
    void nights_without_a_word_since_are_empty() {
        var nights = Marks.EMPTY.with(DAY, Mark.GOOD).endingAt(DAY.plusDays(3));

        assertThat(nights.get(10).mark()).isEqualTo(Mark.GOOD);
        assertThat(nights.subList(11, 14)).extracting(Marks.Night::mark).containsOnly(Mark.NONE);
        assertThat(Marks.EMPTY.with(DAY, Mark.GOOD).endingAt(DAY.minusDays(1)))
                .extracting(Marks.Night::mark)
                .containsOnly(Mark.NONE);
    }
}
