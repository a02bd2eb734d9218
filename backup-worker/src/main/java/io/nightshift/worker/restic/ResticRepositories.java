package io.nightshift.worker.restic;

import io.nightshift.contract.event.Cause;
import io.nightshift.contract.fleet.Destination;
import io.nightshift.contract.fleet.ServiceBackup;
import io.nightshift.process.Command;
import io.nightshift.process.ProgramRunner;
import io.nightshift.process.Stop;
import io.nightshift.process.SystemProgramRunner;
import io.nightshift.worker.JobFailedException;
import io.nightshift.worker.Repository;
import io.nightshift.worker.WorkerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** Makes the environment of restic: secrets by file or by name, never as an argument. */
@ApplicationScoped
class ResticRepositories implements Repository.Opener {
    private static final String[] INHERITED = {
        "PATH",
        "HOME",
        "LANG",
        "LC_ALL",
        "SSH_AUTH_SOCK",
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "NO_PROXY",
        "http_proxy",
        "https_proxy",
        "no_proxy"
    };

    private final ProgramRunner runner;
    private final ResticProgram restic;
    private final WorkerConfig.Worker config;
    private final Secrets secrets;
    private final InstantSource clock;

    ResticRepositories(
            ProgramRunner runner, ResticProgram restic, WorkerConfig config, Secrets secrets, InstantSource clock) {
        this.runner = runner;
        this.restic = restic;
        this.config = config.worker();
        this.secrets = secrets;
        this.clock = clock;
    }

    @Produces
    @Singleton
    static ProgramRunner programs() {
        return new SystemProgramRunner();
    }

    @Override
    public ResticRepository open(ServiceBackup backup, Destination destination) {
        var cache = folder("cache");
        var temporary = folder("tmp");
        var command = Command.of(restic.program())
                .withInherited(INHERITED)
                .withEnvironment(secrets.environment(destination))
                .withEnvironment(Map.of(
                        "RESTIC_REPOSITORY", backup.repository(),
                        "RESTIC_PASSWORD_FILE",
                                secrets.passwordFile(destination).toString(),
                        "RESTIC_CACHE_DIR", cache.toString(),
                        "RESTIC_PROGRESS_FPS", "1",
                        "TMPDIR", temporary.toString(),
                        "TZ", "UTC"))
                .withStop(Stop.TERMINATE);
        var complete = restic.features()
                .map(features -> command.withEnvironment("RESTIC_FEATURES", features))
                .orElse(command);
        return new ResticRepository(runner, complete, backup, config, cache, temporary, clock);
    }

    private Path folder(String name) {
        var folder = config.stateDir().toAbsolutePath().resolve(name);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw unusable("the folder " + folder + " cannot be made: " + e, "correct nightshift.worker.state-dir");
        }
    }

    static void requireReadable(Path file, String what) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            var why = Files.exists(file) ? "cannot be read" : "is not there";
            throw unusable(what + " " + file + " " + why, "put it on the worker's machine, readable by its user alone");
        }
    }

    static JobFailedException unusable(String message, String advice) {
        return new JobFailedException(Cause.CONFIGURATION, message, advice);
    }
}
