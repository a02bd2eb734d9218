package io.nightshift.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.command.api.Api;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With restic and a repository, and nothing of Nightshift running. */
class DirectIT {
    @TempDir
    Path folder;

    private Peer peer;
    private Path data;

    @BeforeEach
    void aBackup() throws Exception {
        boolean found = java.util.Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "restic")));
        if (!found && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("no restic on the PATH; CI=true allows no skipped tests");
        }
        Assumptions.assumeTrue(found, "no restic on the PATH");
        data = Files.createDirectories(folder.resolve("dätä [1]/app"));
        Files.writeString(data.resolve("kept*.txt"), "worth keeping");
        Files.writeString(data.resolve("kept2.txt"), "not asked for");
        secret("rw-------");
        var fleet = Files.writeString(folder.resolve("fleet.yaml"), """
                backup:
                  schedule: { zone: UTC }
                  destinations: { nas: { repository: "WORK/nas/{host}/{service}", password-file: "WORK/password" } }
                  hosts:
                    here: { snapshot: copy, services: { app: { paths: ["/app"] } } }
                """.replace("WORK", folder.toString()));
        peer = new Peer();
        peer.close(); // the scheduler is down
        peer.with("NIGHTSHIFT_FLEET", fleet.toString())
                .with("RESTIC_CACHE_DIR", folder.resolve("cache").toString());
        assertThat(restic("-q", "init")).isZero();
        assertThat(restic("-q", "backup", "--host", "here", data.toString())).isZero();
    }

    @AfterEach
    void noPeer() {
        if (peer != null) {
            peer.close();
        }
    }

    private void secret(String mode) throws Exception {
        var file = Files.writeString(folder.resolve("password"), "geheim");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private int restic(String... arguments) {
        var all = new java.util.ArrayList<>(java.util.List.of("restic", "app", "nas", "--"));
        all.addAll(java.util.List.of(arguments));
        return peer.run(all.toArray(String[]::new)).code();
    }

    @Test
    void a_deleted_file_comes_back_alone_though_its_name_is_a_pattern() throws Exception {
        var lost = data.resolve("kept*.txt");
        Files.delete(lost);
        var listed = peer.run("ls", "app", data.toString(), "--direct");
        assertThat(listed.out()).as(listed.err()).contains("kept*.txt");
        var to = folder.resolve("back");
        var ended = peer.run("restore", "app", "--direct", "--path", lost.toString(), "--to", to.toString());
        assertThat(ended.code()).as(ended.err()).isZero();
        var restored = Path.of(to + lost.toString());
        assertThat(restored).hasContent("worth keeping");
        assertThat(restored.resolveSibling("kept2.txt")).doesNotExist();
    }

    @Test
    void snapshots_are_told_in_the_words_of_the_api() {
        var told = Api.parse(
                peer.run("snapshots", "app", "nas", "--direct", "--json").out());
        assertThat(told).hasSize(1);
        assertThat(told.path(0).path("files").asInt()).isEqualTo(2);
        assertThat(told.path(0).path("paths").path(0).asText()).isEqualTo(data.toString());
    }

    @Test
    void what_is_not_there_is_said_before_anything_is_touched() {
        var to = folder.resolve("back").toString();
        assertThat(peer.run("restore", "app", "--direct", "--path", "/nowhere", "--to", to)
                        .code())
                .isEqualTo(4);
        assertThat(peer.run("restore", "app", "--direct", "--snapshot", "0123abcd", "--to", to)
                        .code())
                .isEqualTo(4);
        assertThat(peer.run("restore", "app", "--direct", "--at", "2001-01-01", "--to", to)
                        .code())
                .isEqualTo(4);
        assertThat(peer.run("restore", "app", "--direct", "--to", folder.toString())
                        .err())
                .contains("is not empty");
        assertThat(Path.of(to)).doesNotExist();
    }

    @Test
    void a_dry_run_writes_nothing() {
        var to = folder.resolve("back");
        var ended = peer.run("restore", "app", "--direct", "--dry-run", "--to", to.toString());
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).startsWith("would restore ");
        assertThat(to).doesNotExist();
    }

    @Test
    void restic_s_own_exit_code_is_passed_on_and_a_wrong_password_has_words() throws Exception {
        Files.writeString(folder.resolve("password"), "other");
        assertThat(restic("cat", "config")).isEqualTo(12);
        var ended = peer.run("snapshots", "app", "--direct");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("here/app/nas: wrong password").hasLineCount(1);
    }

    @Test
    void a_password_that_others_can_read_is_warned_of() throws Exception {
        secret("rw-r--r--");
        var ended = peer.run("snapshots", "app", "--direct");
        assertThat(ended.code()).isZero();
        assertThat(ended.err()).contains("is open to others: rw-r--r--; chmod 600 it");
    }
}
