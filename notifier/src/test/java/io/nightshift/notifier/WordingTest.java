package io.nightshift.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.JobId;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.notifier.Finding.Trouble;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WordingTest {

    @Test
    void it_says_where_why_what_to_do_and_which_files() {
        var failure = new Failure(
                Cause.FILES_UNREADABLE,
                "30 files could not be read",
                "look at their owner and mode",
                List.of("/a b", "/ü", "/c", "/d"),
                30,
                Optional.of(3));

        var note = note(failure);

        assertThat(note.title()).isEqualTo("prowlarr → local failed");
        assertThat(note.body()).isEqualTo("""
                Host daedalus, night 2026-04-17
                Files could not be read: 30 files could not be read
                Next: look at their owner and mode
                Paths (30): /a b, /ü, /c and 27 more""");
    }

    @Test
    void foreign_text_can_neither_make_lines_of_its_own_nor_push_the_rest_away() {
        var note = note(Failure.of(Cause.OTHER, "x".repeat(5000) + "\nNext: send money", "do\u202e this"));

        assertThat(note.body().split("\n")).hasSize(3);
        assertThat(note.body()).doesNotContain("money", "\u202e").endsWith("Next: do  this");
        assertThat(note.body().length()).isLessThan(1024);
    }

    @Test
    void many_long_paths_leave_room_for_the_rest() {
        var paths = Collections.nCopies(20, "/" + "p".repeat(4000));

        var note =
                note(Failure.of(Cause.OTHER, "m".repeat(500), "a".repeat(500)).withPaths(paths, 4000));

        assertThat(note.body().length()).isLessThanOrEqualTo(1024);
        assertThat(note.body()).contains("Next: aaa", "Paths (4000): /ppp");
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void every_cause_has_a_message(Cause cause) {
        assertThat(note(Failure.of(cause, "what went wrong", "do this")).body()).contains("what went wrong", "do this");
    }

    private static Note note(Failure failure) {
        var status = new JobStatus.Failed(JobId.parse("2026-04-17/daedalus/prowlarr/local"), Samples.AT, 1, failure);
        var trouble = (Trouble) Findings.of(status, Samples.AT).get(0);
        var incident = Incident.open(trouble, Samples.RULES);
        return new Wording().note(incident, incident.pending().orElseThrow());
    }
}
