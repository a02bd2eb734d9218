package io.nightshift.scheduler.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.NightId;
import io.nightshift.contract.Target;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.scheduler.Fleets;
import io.nightshift.scheduler.Samples;
import io.nightshift.scheduler.plan.Jobs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobBookTest {
    private static final Instant NOW = Instant.parse("2026-04-17T02:30:00Z");
    private static final NightId NIGHT = new NightId("2026-04-17");
    private static final NightId NEXT = new NightId("2026-04-18");

    @TempDir
    Path folder;

    private final JobBook book = new JobBook();
    private Fleet fleet;

    @BeforeEach
    void readFleet() throws IOException {
        fleet = Fleets.twenty(folder);
    }

    @Test
    void what_is_due_comes_in_the_order_of_its_time_and_what_is_not_due_does_not() {
        var second = add("app01", NIGHT, NOW);
        var first = add("app02", NIGHT, NOW.minusSeconds(1));
        add("app03", NIGHT, NOW.plusSeconds(1));

        assertThat(book.due(NOW)).containsExactly(first, second);
    }

    @Test
    void of_a_repository_one_is_out_at_a_time() {
        var first = add("app01", NIGHT, NOW.minusSeconds(1));
        var second = add("app01", NEXT, NOW);
        assertThat(book.due(NOW)).containsExactly(first);

        book.put(first.released(NOW));
        assertThat(book.due(NOW)).isEmpty();

        book.put(first.released(NOW).heard(NOW));
        book.put(first); // an old note changes nothing
        assertThat(book.due(NOW)).isEmpty();

        book.put(first.ended("succeeded"));
        assertThat(book.due(NOW)).containsExactly(second);
    }

    @Test
    void what_is_forgotten_keeps_no_repository_busy() {
        book.put(add("app01", NIGHT, NOW).released(NOW));
        var next = add("app01", NEXT, NOW);

        book.forgetBefore(LocalDate.parse("2026-04-18"));

        assertThat(book.due(NOW)).containsExactly(next);
        assertThat(book.open()).containsExactly(next);
    }

    private JobEntry add(String service, NightId night, Instant due) {
        var backup = fleet.backup(new Target("daedalus", service, "local")).orElseThrow();
        var source = Samples.ready("daedalus", night, NOW, NOW).source();
        var entry = JobEntry.planned(Jobs.backup(backup, night, due, source));
        book.add(entry);
        return entry;
    }
}
