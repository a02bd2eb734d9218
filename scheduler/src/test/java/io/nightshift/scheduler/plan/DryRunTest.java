package io.nightshift.scheduler.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.scheduler.Fleets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DryRunTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final DryRun dryRun = new DryRun(
            InstantSource.fixed(Instant.parse("2026-04-16T10:00:00Z")),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8));

    @Test
    void every_job_is_printed_with_its_next_run_in_local_time_and_utc(@TempDir Path directory) throws IOException {
        assertThat(dryRun.run(Fleets.twenty(directory).file(), Map.of())).isZero();
        assertThat(out.toString(UTF_8).lines())
                .filteredOn(line -> line.contains(" backup "))
                .hasSize(40)
                .allMatch(line ->
                        line.matches("daedalus/\\S+ +backup +2026-04-17 0[234]:.* \\+10:00 +2026-04-16T1[678]:.*Z"));
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void what_is_switched_off_is_warned_of_and_the_exit_code_stays_0(@TempDir Path directory) throws IOException {
        var file = Fleets.twenty(directory).file();
        var off = Map.of("BACKUP_HOSTS_DAEDALUS_ENABLED", "false");
        assertThat(dryRun.run(file, off)).isZero();
        assertThat(err.toString(UTF_8).lines()).singleElement().asString().contains("all backups of host daedalus");
    }

    @Test
    void a_wrong_file_is_answered_with_all_its_problems_and_exit_code_2(@TempDir Path directory) throws IOException {
        var file = directory.resolve("wrong.yaml");
        Files.writeString(file, "backup:\n  schedule: { at: \"25:00\" }\n  hots: {}\n");
        assertThat(dryRun.run(file, Map.of())).isEqualTo(2);
        assertThat(err.toString(UTF_8).lines()).hasSizeGreaterThan(2).allMatch(line -> line.contains("wrong.yaml"));
    }
}
