package io.nightshift.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.ConsumerInfo;
import io.nightshift.nats.app.AppProfile;
import io.nightshift.nats.testing.NatsServer;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;
import org.junit.jupiter.api.Test;

@QuarkusMainTest
@TestProfile(AppProfile.class)
class DrainAtStopIT {
    /** The handler works for 3 s more after the stop began, publishes and returns; its message must be gone from the queue. */
    @Test
    void the_container_waits_for_a_handler_and_its_acknowledgement_reaches_the_server(QuarkusMainLauncher launcher)
            throws Exception {
        try (NatsServer server = NatsServer.start()) {
            System.setProperty("nats.servers", server.url());
            assertThat(launcher.launch().exitCode()).isZero();
            try (Connection nats = Nats.connect(server.url())) {
                ConsumerInfo workers = nats.jetStreamManagement().getConsumerInfo("JOBS", "workers");
                assertThat(workers.getNumAckPending()).isZero();
                assertThat(workers.getDelivered().getConsumerSequence()).isEqualTo(1);
                assertThat(messages(nats, "JOBS")).isZero();
                assertThat(messages(nats, "RESULTS")).isEqualTo(1);
            }
        } finally {
            System.clearProperty("nats.servers");
        }
    }

    private static long messages(Connection nats, String stream) throws Exception {
        return nats.jetStreamManagement().getStreamInfo(stream).getStreamState().getMsgCount();
    }
}
