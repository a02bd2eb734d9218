package io.nightshift.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a newcomer has it: nothing but what {@code up} prints. */
class CommandIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path work;

    private Path state;
    private Path lost;

    @BeforeAll
    static void programs() {
        Programs.require("restic", "nats-server", "setpriv");
    }

    @Test
    void a_deleted_file_comes_back_with_the_services_and_without_them() throws Exception {
        state = work.resolve("state");
        var data = Files.createDirectories(work.resolve("data/app"));
        lost = Files.writeString(data.resolve("lost.txt"), "worth keeping");
        Files.writeString(data.resolve("other.txt"), "not asked for");
        try (var up = Running.start(work, fleet())) {
            assertThat(nightshift("status").code()).isEqualTo(1);
            assertThat(good("run", "app", "--wait")).contains("running", "succeeded");
            assertThat(good("status")).contains("GOOD", "here/app/disk", "The backup is safe");
            Files.delete(lost);
            askTheWorker();
            assertThat(good("doctor", "--quick"))
                    .contains("OK    scheduler")
                    .containsPattern("OK +NATS: answers .*by TLS");
        }
        withNothingRunning();
    }

    private void askTheWorker() throws Exception {
        var snapshots = json("snapshots", "app", "--json");
        assertThat(snapshots).hasSize(1);
        assertThat(good("ls", "app", lost.getParent().toString())).contains("lost.txt", "other.txt");
        var to = state.resolve("restored/mine");
        assertThat(good("restore", "app", "--path", lost.toString(), "--to", to.toString(), "--dry-run"))
                .contains("would restore 1 files");
        assertThat(to).doesNotExist();
        good("restore", "app", "--path", lost.toString(), "--to", to.toString());
        assertThat(Path.of(to + lost.toString())).hasContent("worth keeping");
        assertThat(Path.of(to + lost.toString()).resolveSibling("other.txt")).doesNotExist();
        var wrong = nightshift("restore", "app", "--path", "/nowhere");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.output()).contains("/nowhere is not in snapshot", "nothing was touched");
    }

    private void withNothingRunning() throws Exception {
        var refused = nightshift("snapshots", "app");
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.output()).contains("cannot be reached", "--direct");
        var to = work.resolve("direct");
        good("restore", "app", "--direct", "--path", lost.toString(), "--to", to.toString());
        assertThat(Path.of(to + lost.toString())).hasContent("worth keeping");
        assertThat(good("restic", "app", "disk", "--", "snapshots")).contains("1 snapshots");
    }

    private Path fleet() throws Exception {
        return OneDisk.fleet(work, "geheim", "app: { paths: [\"WORK/data/app\"] }");
    }

    private String good(String... arguments) throws Exception {
        var ended = nightshift(arguments);
        assertThat(ended.code()).as(ended.output()).isZero();
        return ended.output();
    }

    private JsonNode json(String... arguments) throws Exception {
        return JSON.readTree(good(arguments));
    }

    private Programs.Ended nightshift(String... arguments) throws Exception {
        var command = new ArrayList<>(
                List.of(Programs.PROJECT.resolve("deploy/local/nightshift").toString()));
        command.addAll(List.of(arguments));
        var log = Files.createTempFile(work, "command-", ".log");
        return Programs.run(log, Map.of("NIGHTSHIFT_STATE", state.toString()), LIMIT, command);
    }
}
