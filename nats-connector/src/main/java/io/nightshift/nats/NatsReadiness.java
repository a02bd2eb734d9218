package io.nightshift.nats;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

/** Down while NATS is away or a channel cannot pull. Liveness is not affected: a restart would not help. */
@Readiness
@ApplicationScoped
class NatsReadiness implements HealthCheck {
    private final NatsClient client;
    private final NatsConnector connector;

    NatsReadiness(NatsClient client, @Connector(NatsConnector.NAME) NatsConnector connector) {
        this.client = client;
        this.connector = connector;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> channelProblem = connector.problem();
        var response = HealthCheckResponse.named("nats")
                .withData("connection", client.keeper().state())
                .status(client.keeper().isConnected() && channelProblem.isEmpty());
        channelProblem.ifPresent(problem -> response.withData("channel", problem));
        return response.build();
    }
}
