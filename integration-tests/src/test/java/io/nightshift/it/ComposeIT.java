package io.nightshift.it;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** {@code docker-compose.yml} on a Docker Engine of its own: the script {@code docker/run}. */
class ComposeIT {
    /** It may have to wait for {@code kubernetes/run}, which uses the same engine. */
    private static final Duration LIMIT = Duration.ofMinutes(60);

    @TestFactory
    Stream<DynamicTest> images_a_night_a_scaled_destination_and_restores_in_containers() throws Exception {
        return FullMode.of("docker/run", "docker-compose.yml was", LIMIT, 38);
    }
}
