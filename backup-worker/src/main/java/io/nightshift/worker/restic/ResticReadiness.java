package io.nightshift.worker.restic;

import io.nightshift.contract.restic.ResticVersion;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up once restic has been found good enough. */
@Readiness
@ApplicationScoped
class ResticReadiness implements HealthCheck {
    private final ResticProgram restic;

    ResticReadiness(ResticProgram restic) {
        this.restic = restic;
    }

    @Override
    public HealthCheckResponse call() {
        var version = restic.version();
        return HealthCheckResponse.named("restic")
                .withData("version", version.map(ResticVersion::toString).orElse("unknown"))
                .status(version.isPresent())
                .build();
    }
}
