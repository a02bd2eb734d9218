package io.nightshift.nats.app;

import io.nightshift.nats.NatsClient;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Ends, and so stops the container, while a handler is at work. */
@QuarkusMain
public class Main implements QuarkusApplication {
    private final NatsClient nats;
    private final Jobs jobs;

    Main(NatsClient nats, Jobs jobs) {
        this.nats = nats;
        this.jobs = jobs;
    }

    @Override
    public int run(String... arguments) throws InterruptedException {
        nats.publish("job.a", "until stop".getBytes(StandardCharsets.UTF_8), "stop-1", Map.of());
        return jobs.awaitHandlerThatRunsUntilStop() ? 0 : 1;
    }
}
