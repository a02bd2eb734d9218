package io.nightshift.notifier.service;

import io.nightshift.notifier.Sender;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Down while somebody should know something and does not: a message was refused, or the channel has failed for long. */
@Readiness
@ApplicationScoped
class DeliveryReadiness implements HealthCheck {
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Sender sender;

    DeliveryReadiness(Sender sender) {
        this.sender = sender;
    }

    @Override
    public HealthCheckResponse call() {
        var state = sender.state();
        boolean failing = state.failingSince()
                .filter(since -> since.plus(PATIENCE).isBefore(Instant.now()))
                .isPresent();
        var response = HealthCheckResponse.named("messages")
                .withData("channel", state.channel())
                .withData("waiting", state.waiting())
                .withData("refused", state.refused().size())
                .status(!failing && state.refused().isEmpty());
        state.refused().values().stream().findFirst().ifPresent(reason -> response.withData("refusal", reason));
        state.failingSince()
                .ifPresent(since -> response.withData("failingSince", since.toString())
                        .withData("lastFailure", state.lastFailure()));
        return response.build();
    }
}
