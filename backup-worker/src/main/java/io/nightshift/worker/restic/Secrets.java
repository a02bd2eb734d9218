package io.nightshift.worker.restic;

import io.nightshift.contract.fleet.Destination;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.restic.EnvFile;
import io.nightshift.contract.restic.SecretFile;
import io.nightshift.worker.JobFailedException;
import io.nightshift.worker.WorkerConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.logging.Logger;

/** The files of secrets: nobody but this user may read them, or change them. */
@ApplicationScoped
class Secrets {
    private static final Logger LOG = Logger.getLogger(Secrets.class);

    private final WorkerConfig.Worker config;

    Secrets(WorkerConfig config) {
        this.config = config.worker();
    }

    /** Said at the start already, not only in the night; no reason not to start, for other destinations may be fine. */
    void start(@Observes StartupEvent event, Fleet fleet) {
        for (var name : config.destinations()) {
            var destination = fleet.destinations().get(name);
            if (destination != null) {
                warn(destination);
            }
        }
    }

    private void warn(Destination destination) {
        try {
            passwordFile(destination);
            environment(destination);
        } catch (JobFailedException e) {
            LOG.warnf(
                    "backups to destination %s will fail: %s; %s",
                    destination.name(), e.failure().message(), e.failure().advice());
        }
    }

    /** @throws JobFailedException if it is not there, cannot be read, or can be by others */
    Path passwordFile(Destination destination) {
        return require(destination.passwordFile(), "password-file");
    }

    /** What the destination's env-file says. */
    Map<String, String> environment(Destination destination) {
        if (destination.envFile().isEmpty()) {
            return Map.of();
        }
        var file = require(destination.envFile().get(), "env-file");
        try {
            return EnvFile.read(file);
        } catch (IOException | IllegalArgumentException e) {
            throw ResticRepositories.unusable(
                    "env-file " + file + " cannot be used: " + e.getMessage(), "write lines NAME=value");
        }
    }

    private Path require(Path file, String what) {
        ResticRepositories.requireReadable(file, what);
        if (!config.allowReadableSecrets()) {
            SecretFile.openness(file, what).ifPresent(problem -> {
                throw ResticRepositories.unusable(
                        problem.message(),
                        problem.advice() + "; where a container's read-only mount forbids that, set"
                                + " nightshift.worker.allow-readable-secrets=true");
            });
        }
        return file;
    }
}
