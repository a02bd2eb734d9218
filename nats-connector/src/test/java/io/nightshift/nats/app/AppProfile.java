package io.nightshift.nats.app;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;

/** The settings of {@link Jobs}. */
public class AppProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new HashMap<>();
        settings.put("quarkus.http.test-port", "0");
        settings.put("nats.streams.JOBS.subjects", "job.>");
        settings.put("nats.streams.JOBS.retention", "work-queue");
        settings.put("nats.streams.RESULTS.subjects", "result.>");
        settings.put("mp.messaging.incoming.jobs.connector", "nats");
        settings.put("mp.messaging.incoming.jobs.stream", "JOBS");
        settings.put("mp.messaging.incoming.jobs.consumer", "workers");
        settings.put("mp.messaging.incoming.jobs.pullers", "2");
        settings.put("mp.messaging.incoming.jobs.ack-wait", "2s");
        settings.put("mp.messaging.incoming.jobs.heartbeat", "500ms");
        settings.put("mp.messaging.outgoing.results.connector", "nats");
        settings.put("mp.messaging.outgoing.results.subject", "result.a");
        return settings;
    }
}
