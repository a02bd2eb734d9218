package io.nightshift.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nightshift.contract.Wire;
import io.nightshift.contract.event.BackupRequest;
import io.nightshift.contract.event.RestoreCancel;
import io.nightshift.contract.event.RestoreRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs docs/recovery.md: its commands as they stand there, on places of the test. */
class RecoveryIT {
    private static final Path DOCUMENT = Programs.PROJECT.resolve("docs/recovery.md");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path dir;

    private Path app;

    @BeforeEach
    void aHostWithABackup() throws Exception {
        Programs.require("restic");
        app = Files.createDirectories(dir.resolve("persist/prowlarr"));
        Files.writeString(app.resolve("prowlarr.db"), "data");
        Files.createDirectories(dir.resolve("nas/backup/daedalus"));
        Files.createDirectories(dir.resolve("secrets"));
        Files.writeString(dir.resolve("secrets/restic"), "geheim\n");
        sh("restic -q init; restic -q backup --host daedalus " + app);
        Files.writeString(app.resolve("since"), "not in the snapshot");
        Files.writeString(app.resolve("prowlarr.db"), "spoiled");
        Files.writeString(dir.resolve("persist/beside"), "not of the service");
    }

    @Test
    void restic_alone_brings_a_service_back() throws Exception {
        var commands = commands("## By restic itself");

        assertThat(sh(commands.get(0))).contains("prowlarr.db");
        sh(commands.get(1));
        assertThat(dir.resolve("tmp/restored" + app).resolve("prowlarr.db")).hasContent("data");
        var dry = commands.get(2).lines().findFirst().orElseThrow();
        assertThat(sh(dry)).contains("since");
        assertThat(app.resolve("prowlarr.db")).hasContent("spoiled");
        sh(commands.get(2));
        assertThat(app.resolve("prowlarr.db")).hasContent("data");
        assertThat(app.resolve("since")).doesNotExist();
        assertThat(dir.resolve("persist/beside")).hasContent("not of the service");
    }

    @Test
    void a_dead_machine_comes_back_from_the_destination_and_the_password() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root gives folders their owners back");
        var commands = commands("## From a dead machine");
        Files.delete(app.resolve("since"));
        Files.delete(app.resolve("prowlarr.db"));
        Files.delete(app);
        Files.delete(dir.resolve("persist/beside"));

        assertThat(sh(commands.get(0))).contains("prowlarr").contains(app.toString());
        sh(commands.get(1));
        assertThat(app.resolve("prowlarr.db")).hasContent("data");
        assertThat(sh(commands.get(2))).contains("no errors were found");
    }

    @Test
    void the_messages_are_understood() throws Exception {
        var message = Pattern.compile("nats pub backup\\.(\\w+)\\.daedalus\\.\\w+\\.local '([^']*)'");
        var found = message.matcher(Files.readString(DOCUMENT)).results().toList();

        assertThat(found).hasSizeGreaterThan(6);
        var types =
                Map.of("restore", RestoreRequest.class, "cancel", RestoreCancel.class, "request", BackupRequest.class);
        for (var one : found) {
            var body = one.group(2).getBytes(StandardCharsets.UTF_8);
            assertThatCode(() -> Wire.read(body, types.get(one.group(1))))
                    .as(one.group())
                    .doesNotThrowAnyException();
        }
    }

    /** The blocks of a chapter, with the places of the test for those of the document. */
    private List<String> commands(String chapter) throws Exception {
        var text = Files.readString(DOCUMENT);
        var from = text.substring(text.indexOf(chapter) + chapter.length());
        int end = from.indexOf("\n## ");
        var blocks = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
                .matcher(end < 0 ? from : from.substring(0, end))
                .results()
                .map(block -> block.group(1))
                .map(block -> block.replace("/mnt/nas", dir + "/nas")
                        .replace("/run/secrets", dir + "/secrets")
                        .replace("/tmp/restored", dir + "/tmp/restored")
                        .replace("/persist", dir + "/persist"))
                .toList();
        assertThat(blocks).hasSize(3);
        return blocks;
    }

    private String sh(String script) throws Exception {
        var log = Files.createTempFile(dir, "sh-", ".log");
        var environment = Map.of(
                "RESTIC_REPOSITORY", dir + "/nas/backup/daedalus/prowlarr",
                "RESTIC_PASSWORD_FILE", dir + "/secrets/restic",
                "RESTIC_CACHE_DIR", dir + "/cache");
        var command = new ArrayList<>(List.of("sh", "-eu", "-c", script));
        var ended = Programs.run(log, environment, LIMIT, command);
        assertThat(ended.code()).as(ended.output()).isZero();
        return ended.output();
    }
}
