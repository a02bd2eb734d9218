package io.nightshift.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A night with a file that restic may not read. Nothing is closed to root by its mode, so the worker is given a restic
 * without root's right to read everything: the kernel then refuses somebody else's private file, as it would any user.
 */
class UnreadableFileIT {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int NOBODY = 65534;

    @TempDir
    Path work;

    @BeforeAll
    static void programs() throws Exception {
        Programs.require("restic", "nats-server", "openssl", "setpriv");
        boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        assumeTrue(root || "true".equals(System.getenv("CI")), "needs root, to make a file of another user");
    }

    @Test
    void a_file_that_cannot_be_read_is_named_makes_one_message_and_leaves_the_rest_alone() throws Exception {
        try (var pushover = PushoverServer.start()) {
            var settings = new HashMap<>(pushover.settings());
            settings.put("NIGHTSHIFT_WORKER_RESTIC", resticWithoutRootsRight().toString());
            var night = up(settings);

            assertThat(night.code()).as(night.output()).isEqualTo(1);
            assertThat(night.output())
                    .containsPattern("partly +disk +incomplete .*files-unreadable")
                    .containsPattern("whole +disk +succeeded");
            var path = work.resolve("Daten ü/partly/private.key").toString();
            assertThat(night.output()).contains("  " + path);
            assertThat(pushover.messages()).singleElement().asString().contains("partly", "private.key");
            assertThat(restored("partly")).containsOnlyKeys("", "readable");
            assertThat(restored("whole")).isEqualTo(Tree.of(work.resolve("Daten ü/whole")));
        }
    }

    private Path resticWithoutRootsRight() throws Exception {
        var restic = Programs.run(work.resolve("which.log"), Map.of(), LIMIT, List.of("which", "restic"))
                .output()
                .strip();
        var script = Files.writeString(work.resolve("restic"), """
                #!/bin/sh
                exec setpriv --bounding-set=-dac_override,-dac_read_search '%s' "$@"
                """.formatted(restic));
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Programs.Ended up(Map<String, String> settings) throws Exception {
        for (var service : List.of("partly", "whole")) {
            var folder = Files.createDirectories(work.resolve("Daten ü").resolve(service));
            Files.writeString(folder.resolve("readable"), "worth keeping");
        }
        var closed = Files.writeString(work.resolve("Daten ü/partly/private.key"), "nobody's");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rw-------"));
        Files.setAttribute(closed, "unix:uid", NOBODY);
        var fleet = OneDisk.fleet(work, "right", """
                partly: { paths: ["WORK/Daten ü/partly"] }
                whole: { paths: ["WORK/Daten ü/whole"] }
                """);
        var up = Programs.PROJECT.resolve("deploy/local/up").toString();
        var state = work.resolve("state").toString();
        return Programs.run(
                work.resolve("up.log"),
                settings,
                LIMIT,
                List.of(up, "--once", "--no-build", "--fleet", fleet.toString(), "--state", state));
    }

    private Map<String, String> restored(String service) throws Exception {
        var target = work.resolve("restored " + service);
        var ended = Programs.run(
                work.resolve("restic.log"),
                Map.of("RESTIC_PASSWORD_FILE", work.resolve("password").toString()),
                LIMIT,
                List.of(
                        "restic",
                        "--no-cache",
                        "-r",
                        work.resolve("disk/here").resolve(service).toString(),
                        "restore",
                        "latest",
                        "--target",
                        target.toString()));
        assertThat(ended.code()).as(ended.output()).isZero();
        return Tree.of(Path.of(target + work.resolve("Daten ü").resolve(service).toString()));
    }
}
