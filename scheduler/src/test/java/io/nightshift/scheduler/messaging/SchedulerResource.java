package io.nightshift.scheduler.messaging;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** A fleet of twenty services and two destinations, and a quick clock. */
public class SchedulerResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        try {
            var fleet = io.nightshift.scheduler.Fleets.twenty(Files.createTempDirectory("scheduler ü"));
            return Map.of(
                    "nightshift.fleet", fleet.file().toString(),
                    "nightshift.scheduler.tick", "PT0.1S",
                    "quarkus.http.test-port", "0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {}
}
