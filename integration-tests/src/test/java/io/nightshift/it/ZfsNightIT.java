package io.nightshift.it;

import io.nightshift.process.testing.ZfsVm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Two nights of a host with real OpenZFS, as {@code deploy/local/up} runs them, in one VM: the script {@code zfs-night}. */
class ZfsNightIT {
    private static final Duration LIMIT = Duration.ofMinutes(25);

    @BeforeAll
    static void programs() {
        Programs.require("restic", "nats-server", "openssl", "setpriv");
    }

    @TestFactory
    Stream<DynamicTest> a_night_on_zfs_is_what_the_zfs_snapshot_has_and_comes_back_in_place() throws Exception {
        return ZfsVm.tests(
                LIMIT,
                26,
                inputs(),
                Programs.PROJECT.resolve("integration-tests/zfs-night").toString());
    }

    /** The bytecode that Quarkus generates is left out: it follows from the rest, in an order that differs. */
    private static List<Path> inputs() {
        var scripts = Stream.of(
                "deploy/local",
                "deploy/nats",
                "serve/run",
                "integration-tests/zfs-night",
                "integration-tests/FollowNight.java");
        var programs = Stream.of("serve/target/quarkus-app/app", "serve/target/quarkus-app/lib");
        return Stream.concat(scripts, programs).map(Programs.PROJECT::resolve).toList();
    }
}
