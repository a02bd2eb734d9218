package io.nightshift.it;

import io.nightshift.process.Command;
import io.nightshift.process.testing.ReportedTests;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** {@code docker-compose.yml} on a Docker Engine of its own: the script {@code docker/run}. Minutes long, so by {@code -Dfull=true} alone. */
class ComposeIT {
    /** It may have to wait for {@code kubernetes/run}, which uses the same engine. */
    private static final Duration LIMIT = Duration.ofMinutes(60);

    @TestFactory
    Stream<DynamicTest> images_a_night_a_scaled_destination_and_restores_in_containers() throws Exception {
        Assumptions.assumeTrue(
                Boolean.getBoolean("full"),
                "docker-compose.yml was not tried; -Dfull=true does, or integration-tests/docker/run alone");
        var script = Programs.PROJECT.resolve("integration-tests/docker/run").toString();
        return ReportedTests.of(
                Command.of(script)
                        .withInherited("PATH", "HOME", "XDG_CACHE_HOME", "JAVA_HOME")
                        .withTimeout(LIMIT),
                37);
    }
}
