package io.nightshift.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nightshift.nats.app.AppProfile;
import io.nightshift.nats.app.Jobs;
import io.nightshift.nats.testing.NatsServerResource;
import io.nightshift.nats.testing.NeedsNatsServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@NeedsNatsServer
@QuarkusTest
@TestProfile(AppProfile.class)
@QuarkusTestResource(value = NatsServerResource.class, restrictToAnnotatedClass = true)
class InQuarkusIT {
    @Inject
    NatsClient nats;

    @Inject
    Jobs jobs;

    @Inject
    SmallRyeHealthReporter health;

    private void publish(String body) {
        nats.publish("job.a", body.getBytes(StandardCharsets.UTF_8), body, Map.of());
    }

    @Test
    void unordered_blocking_handlers_run_at_the_same_time() {
        publish("pair 1");
        publish("pair 2");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(jobs.done()).contains("pair 1", "pair 2"));
        await().until(() -> nats.connection()
                        .jetStreamManagement()
                        .getStreamInfo("JOBS")
                        .getStreamState()
                        .getMsgCount()
                == 0);
    }

    @Test
    void readiness_is_up_right_after_the_start_and_says_where_nats_is() {
        var nats = health.getReadiness().getPayload().getJsonArray("checks").stream()
                .map(check -> check.asJsonObject())
                .filter(check -> check.getString("name").equals("nats"))
                .findFirst()
                .orElseThrow();
        assertThat(nats.getString("status")).isEqualTo("UP");
        assertThat(nats.getJsonObject("data").getString("connection")).startsWith("connected to nats://");
    }
}
