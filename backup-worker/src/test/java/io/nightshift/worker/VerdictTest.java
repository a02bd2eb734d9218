package io.nightshift.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.RunResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Instant NOW = Instant.parse("2026-04-17T00:00:00Z");
    private final Verdict verdict =
            new Verdict(new WorkerFixture(Path.of("/x")).backup("2026-04-17", "app", "local"), NOW, 1, "w-1");

    @Test
    void exit_0_with_files_and_no_history_has_succeeded() {
        assertThat(verdict.of(report(true, 10, 1000), Optional.empty())).isInstanceOf(JobStatus.Succeeded.class);
    }

    @Test
    void no_file_at_all_is_suspect() {
        var end = verdict.of(report(true, 0, 0), Optional.empty());
        assertThat(end).isInstanceOf(JobStatus.Suspect.class);
        assertThat(end.problem().orElseThrow().cause()).isEqualTo(Cause.PATH_EMPTY);
    }

    @Test
    void less_than_the_tolerance_below_the_last_good_one_is_fine_and_more_is_suspect() {
        var good = Optional.of(new RepositoryRecord.Good("s", 100, 1000, NOW));
        assertThat(verdict.of(report(true, 90, 900), good)).isInstanceOf(JobStatus.Succeeded.class);
        assertThat(verdict.of(report(true, 89, 1000), good)).isInstanceOf(JobStatus.Suspect.class);
        assertThat(verdict.of(report(true, 100, 899), good)).isInstanceOf(JobStatus.Suspect.class);
    }

    @Test
    void exit_3_is_incomplete_whatever_else() {
        var end = verdict.of(report(false, 10, 1000), Optional.empty());
        assertThat(end).isInstanceOf(JobStatus.Incomplete.class);
        assertThat(end.problem().orElseThrow().pathCount()).isEqualTo(25);
    }

    private static Repository.Report report(boolean complete, long files, long bytes) {
        var result = new RunResult.Backup(
                "s", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, files, bytes, 1, Optional.empty(), Optional.empty());
        return new Repository.Report(
                result, complete, complete ? List.of() : List.of("/persist/app/a"), complete ? 0 : 25);
    }
}
