package io.nightshift.worker.restic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.contract.JobId;
import io.nightshift.contract.event.Progress;
import io.nightshift.worker.JobFailedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines that restic 0.18.0 wrote. */
class OutputTest {
    private static final JobId JOB = JobId.parse("2026-04-17/daedalus/app/local");
    private Instant now = Instant.parse("2026-04-17T00:00:00Z");

    @Test
    void the_summary_is_read_with_every_number() {
        var output = new BackupOutput(JOB, () -> now, progress -> {});
        output.accept("junk");
        output.accept("{\"message_type\":\"summary\",\"files_new\":1,\"files_changed\":2,\"files_unmodified\":3,"
                + "\"dirs_new\":4,\"dirs_changed\":5,\"dirs_unmodified\":6,\"data_blobs\":7,\"tree_blobs\":8,"
                + "\"data_added\":2652,\"data_added_packed\":1912,\"total_files_processed\":6,"
                + "\"total_bytes_processed\":9,\"total_duration\":0.67,"
                + "\"backup_start\":\"2026-11-23T10:56:16.598463168Z\","
                + "\"backup_end\":\"2026-11-23T21:56:17.268145714+11:00\",\"snapshot_id\":\"480cd68f\"}");
        var result = output.summary().orElseThrow();
        assertThat(List.of(
                        result.filesNew(),
                        result.filesChanged(),
                        result.filesUnmodified(),
                        result.dirsNew(),
                        result.dirsChanged(),
                        result.dirsUnmodified(),
                        result.dataBlobs(),
                        result.treeBlobs()))
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(result.bytesAddedPacked()).isEqualTo(1912);
        assertThat(result.endedAt()).contains(Instant.parse("2026-11-23T10:56:17.268145714Z"));
    }

    @Test
    void a_summary_without_a_snapshot_is_no_result() {
        var output = new BackupOutput(JOB, () -> now, progress -> {});
        output.accept("{\"message_type\":\"summary\",\"files_new\":0}");
        assertThat(output.summary()).isEmpty();
    }

    @Test
    void progress_comes_at_most_once_a_second() {
        List<Progress> seen = new ArrayList<>();
        var output = new BackupOutput(JOB, () -> now, seen::add);
        var line = "{\"message_type\":\"status\",\"seconds_elapsed\":17,\"seconds_remaining\":59,"
                + "\"percent_done\":0.5,\"total_files\":2,\"files_done\":1,\"total_bytes\":314,\"bytes_done\":170}";
        output.accept(line);
        output.accept(line);
        now = now.plus(Duration.ofSeconds(1));
        output.accept(line);
        assertThat(seen).hasSize(2);
        assertThat(seen.get(0).percent()).isEqualTo(50);
        assertThat(seen.get(0).bytesPerSecond()).isEqualTo(10);
        assertThat(seen.get(0).secondsLeft()).contains(59L);
    }

    @Test
    void unreadable_paths_are_counted_and_the_first_kept() {
        var errors = new ErrorOutput();
        for (int i = 0; i < 30; i++) {
            errors.accept("{\"message_type\":\"error\",\"error\":{\"message\":\"open: permission denied\"},"
                    + "\"during\":\"archival\",\"item\":\"/v/persist/" + i + "\"}");
        }
        errors.accept("{\"message_type\":\"exit_error\",\"code\":3,\"message\":\"Warning: at least one\"}");
        assertThat(errors.unreadableCount()).isEqualTo(30);
        assertThat(errors.unreadable()).hasSize(20).startsWith("/v/persist/0");
        assertThat(errors.lastWords()).startsWith("Warning: at least one");
    }

    @Test
    void the_reason_is_not_pushed_out_by_what_follows_from_it_where_the_first_words_are_kept() {
        var errors = new ErrorOutput(2);
        errors.accept("Load(<data/7f46ec8d9d>, 24504, 0) failed: connect: connection refused");
        for (int i = 0; i < 30; i++) {
            errors.accept("{\"message_type\":\"error\",\"error\":{\"message\":\"lchown " + i
                    + ": no such file or directory\"},\"during\":\"restore\",\"item\":\"/src/" + i + "\"}");
        }
        errors.accept("{\"message_type\":\"exit_error\",\"code\":1,\"message\":\"Fatal: There were 31 errors\\n\"}");
        assertThat(errors.lastWords())
                .startsWith("Fatal: There were 31 errors; Load(<data/7f46ec8d9d>, 24504, 0) failed: connect")
                .contains("lchown 0:", "lchown 25:", "lchown 29:")
                .doesNotContain("lchown 1:", "lchown 24:");
    }

    @Test
    void forget_counts_also_where_its_line_is_cut() {
        var snapshot = "{\"tags\":[\"a\"],\"summary\":{\"keep\":[1,2]},\"id\":\"x\"}";
        var line = "[{\"tags\":null,\"host\":\"h\",\"keep\":[" + snapshot + "],\"remove\":[" + snapshot + "," + snapshot
                + "],\"reasons\":[{\"snapshot\":" + snapshot;
        var output = new UpkeepOutput();
        output.accept(line);
        output.accept("loading indexes...");
        assertThat(output.forget(Duration.ofMillis(1500)))
                .isEqualTo(new io.nightshift.contract.event.RunResult.Forget(1, 2, 1.5));
    }

    @Test
    void an_array_is_an_answer_only_when_it_is_whole() {
        assertThat(elements("[]\n")).isEmpty();
        assertThat(elements("[{\"id\":\"a\"},{\"id\":\"b\"}]")).containsExactly("a", "b");
        for (var cut : List.of("", "[", "[{\"id\":\"a\"}", "[{\"id\":\"a\"},", "[{\"id\":\"a\"},{\"i", "null")) {
            assertThatThrownBy(() -> elements(cut))
                    .as(cut)
                    .isInstanceOf(JobFailedException.class)
                    .hasMessageContaining("restic snapshots did not say a whole list");
        }
    }

    private static List<String> elements(String said) {
        var ids = new ArrayList<String>();
        var array = new ArrayOutput(json -> ids.add(json.path("id").asText()));
        said.lines().forEach(array);
        array.requireWhole("restic snapshots");
        return ids;
    }

    @Test
    void check_says_what_it_found() {
        var output = new UpkeepOutput();
        output.accept("{\"message_type\":\"summary\",\"num_errors\":2,\"broken_packs\":[\"a\"],"
                + "\"suggest_repair_index\":false,\"suggest_prune\":true}");
        var check = output.check(Duration.ofSeconds(1));
        assertThat(check.errors()).isEqualTo(2);
        assertThat(check.brokenPacks()).isEqualTo(1);
        assertThat(check.suggestPrune()).isTrue();
    }
}
