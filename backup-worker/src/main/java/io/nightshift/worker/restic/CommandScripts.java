package io.nightshift.worker.restic;

import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.ServiceBackup;
import io.nightshift.worker.WorkerConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jboss.logging.Logger;

/**
 * A command for each job of this worker, {@code restic-<service>-<destination>}, as its users had them with systemd; written anew
 * at each start, so that they vanish when the job leaves the fleet file. A person's convenience: no problem with it ends a start.
 */
@ApplicationScoped
class CommandScripts {
    private static final Logger LOG = Logger.getLogger(CommandScripts.class);

    private final WorkerConfig.Worker config;
    private final ResticProgram restic;

    CommandScripts(WorkerConfig config, ResticProgram restic) {
        this.config = config.worker();
        this.restic = restic;
    }

    /** Once it is known which restic there is. */
    void start(@Observes @Priority(Interceptor.Priority.APPLICATION) StartupEvent event, Fleet fleet) {
        var folder = config.commandsDir()
                .orElseGet(() -> config.stateDir().resolve("bin"))
                .toAbsolutePath();
        try {
            Files.createDirectories(folder);
            var wanted = wanted(fleet);
            for (var script : wanted.values()) {
                write(folder, script);
            }
            removeOthers(folder, wanted);
            LOG.infof("commands folder=%s restic-<service>-<destination>=%d", folder, wanted.size());
        } catch (IOException e) {
            LOG.warnf(
                    "no commands restic-<service>-<destination> in %s: %s; set nightshift.worker.commands-dir to a folder"
                            + " that the worker may write to",
                    folder, e);
        }
    }

    private Map<String, CommandScript> wanted(Fleet fleet) {
        var wanted = new HashMap<String, CommandScript>();
        fleet.backups().filter(this::isOurs).forEach(backup -> {
            var destination = Objects.requireNonNull(
                    fleet.destinations().get(backup.target().destination()));
            var script = new CommandScript(backup, destination, restic.program(), restic.features());
            var other = wanted.putIfAbsent(script.name(), script);
            if (other != null) {
                LOG.warnf(
                        "no command for %s: %s is that of %s; rename a service or a destination",
                        backup.target(), script.name(), other.backup().target());
            }
        });
        return wanted;
    }

    private boolean isOurs(ServiceBackup backup) {
        return backup.target().host().equals(config.host())
                && config.destinations().contains(backup.target().destination());
    }

    /** Another worker of this host, for another destination, may share the folder. */
    private void removeOthers(Path folder, Map<String, CommandScript> wanted) throws IOException {
        try (var files = Files.newDirectoryStream(folder, "restic-*")) {
            for (var file : files) {
                if (!wanted.containsKey(String.valueOf(file.getFileName())) && isOurs(file)) {
                    Files.delete(file);
                }
            }
        }
    }

    private boolean isOurs(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        var text = Files.readString(file);
        return config.destinations().stream().anyMatch(name -> CommandScript.isOurs(text, name));
    }

    /** Whole or not at all: somebody may be starting it. */
    private static void write(Path folder, CommandScript script) throws IOException {
        var file = folder.resolve(script.name());
        var fresh = Files.createTempFile(folder, ".restic-", ".new");
        Files.writeString(fresh, script.text());
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
