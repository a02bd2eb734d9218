package io.nightshift.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "-x", "all", "A", "a.b", "a/b", "a b", "*", ">", "ä", "a\n", "..", "a_b"})
    void a_name_that_could_be_something_else_in_a_subject_or_a_path_is_refused(String name) {
        assertThat(Names.isLegal(name)).isFalse();
        assertThatThrownBy(() -> new Target("daedalus", name, "local")).hasMessageContaining("service");
    }

    @Test
    void a_name_has_at_most_63_characters() {
        assertThat(Names.isLegal("a".repeat(63))).isTrue();
        assertThat(Names.isLegal("a".repeat(64))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-04-17/daedalus/prowlarr/local",
                "2026-04-17T093012.500/daedalus/prowlarr/local",
                "2026-04-17/daedalus/prowlarr/local/forget",
                "2026-04-17/daedalus/prowlarr/local/check",
                "2026-04-17/daedalus/prowlarr/local/restore-test"
            })
    void the_id_of_a_job_is_read_as_it_is_written(String id) {
        assertThat(JobId.parse(id)).hasToString(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-04-17",
                "2026-13-17/h/s/d",
                "2026-04-17/h/s",
                "2026-04-17/h/s/d/backup/x",
                "2026-04-17/h/s/d/delete",
                "2026-04-17/../s/d",
                "2026-04-17T0930/h/s/d",
                "2026-04-17T093012/h/s/d"
            })
    void what_is_no_id_of_a_job_is_refused(String id) {
        assertThatThrownBy(() -> JobId.parse(id)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keys_begin_with_the_tokens_that_permissions_are_given_by() {
        assertThat(JobId.parse("2026-04-17/daedalus/lidarr/local").key()).isEqualTo("daedalus.lidarr.local.2026-04-17");
        assertThat(JobId.parse("2026-04-17/daedalus/lidarr/local/check").key())
                .isEqualTo("daedalus.lidarr.local.2026-04-17.check");
    }

    @Test
    void nights_sort_by_time_and_know_their_date() {
        var zone = ZoneId.of("Australia/Sydney");
        var scheduled = NightId.scheduled(LocalDate.parse("2026-04-17"));
        var manual = NightId.manual(Instant.parse("2026-04-16T23:30:12.5Z"), zone);

        assertThat(manual).hasToString("2026-04-17T093012.500");
        assertThat(manual.date()).isEqualTo(scheduled.date());
        assertThat(List.of(NightId.scheduled(LocalDate.parse("2026-04-18")), manual, scheduled).stream()
                        .sorted())
                .containsExactly(scheduled, manual, NightId.scheduled(LocalDate.parse("2026-04-18")));
    }

    @Test
    void subjects_name_host_service_and_destination_in_this_order() {
        var target = new Target("daedalus", "prowlarr", "local");

        assertThat(Subjects.job(target)).isEqualTo("backup.job.daedalus.prowlarr.local");
        assertThat(Subjects.jobsOf("daedalus", "local")).isEqualTo("backup.job.daedalus.*.local");
        assertThat(Subjects.status(JobId.parse("2026-04-17/" + target)))
                .isEqualTo("backup.status.daedalus.prowlarr.local");
        assertThat(Subjects.status(JobId.parse("2026-04-17/" + target + "/check")))
                .isEqualTo("backup.upkeep.daedalus.prowlarr.local.check");
        assertThat(Subjects.requested("backup.request.daedalus.all.local")).containsExactly("daedalus", "all", "local");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "backup.request",
                "backup.request.h.s",
                "backup.request.h.s.d.x",
                "backup.request.h.*.d",
                "backup.request.h..d",
                "backup.job.h.s.d",
                "backup.request.H.s.d"
            })
    void a_subject_that_is_no_request_is_refused(String subject) {
        assertThatThrownBy(() -> Subjects.requested(subject)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void foreign_text_is_shown_in_one_short_line() {
        assertThat(Text.shown("a\nb\u202ec\u0000", 10)).isEqualTo("a b c ");
        assertThat(Text.shown("ä".repeat(20), 5)).isEqualTo("ääää…");
        assertThat(Text.shown("😀😀😀", 2)).isEqualTo("😀…");
    }
}
