package io.nightshift.command.direct;

import io.nightshift.command.CommandException;
import io.nightshift.command.Surroundings;
import io.nightshift.contract.fleet.Destination;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.ServiceBackup;
import io.nightshift.contract.restic.EnvFile;
import io.nightshift.contract.restic.SecretFile;
import io.nightshift.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The repositories that a fleet file names, opened with the secrets that it names on this machine. */
public final class Repositories {
    /** A shell's own settings of another repository must not get in the way. */
    private static final Set<String> FOREIGN =
            Set.of("RESTIC_REPOSITORY_FILE", "RESTIC_PASSWORD", "RESTIC_PASSWORD_COMMAND");

    private final Surroundings around;
    private final Fleet fleet;

    public Repositories(Surroundings around, Fleet fleet) {
        this.around = around;
        this.fleet = fleet;
    }

    /**
     * Of one service on one host: one for each destination, those in folders first.
     *
     * @throws CommandException if there is none, or it is on more hosts than one and none was named
     */
    public List<ServiceBackup> backups(Optional<String> host, String service, Optional<String> destination) {
        var found = fleet.backups()
                .filter(backup -> backup.target().service().equals(service))
                .filter(backup -> host.map(backup.target().host()::equals).orElse(true))
                .filter(backup ->
                        destination.map(backup.target().destination()::equals).orElse(true))
                .sorted(Comparator.comparing(backup -> !backup.repository().startsWith("/")))
                .toList();
        if (found.isEmpty()) {
            throw CommandException.unknown(fleet.file() + " has no backup of "
                    + host.map(name -> name + "/").orElse("") + service
                    + destination.map(name -> " to " + name).orElse("") + "; 'nightshift plan --fleet "
                    + fleet.file() + "' lists those it has");
        }
        var hosts = new TreeSet<String>();
        found.forEach(backup -> hosts.add(backup.target().host()));
        if (hosts.size() > 1) {
            throw CommandException.usage(
                    service + " is on " + String.join(", ", hosts) + "; say which: " + hosts.first() + "/" + service);
        }
        return found;
    }

    /** @throws CommandException if its files of secrets cannot be read */
    public Repository open(ServiceBackup backup) {
        var destination =
                Objects.requireNonNull(fleet.destinations().get(backup.target().destination()));
        var environment = new TreeMap<>(around.environment());
        environment.keySet().removeAll(FOREIGN);
        environment.putAll(secrets(destination));
        environment.put("RESTIC_REPOSITORY", backup.repository());
        environment.put(
                "RESTIC_PASSWORD_FILE",
                readable(destination.passwordFile(), "password-file").toString());
        environment.putIfAbsent("RESTIC_PROGRESS_FPS", "2");
        var program = around.variable("NIGHTSHIFT_WORKER_RESTIC").orElse("restic");
        return new Repository(backup.target(), Command.of(program).withEnvironment(environment));
    }

    private Map<String, String> secrets(Destination destination) {
        if (destination.envFile().isEmpty()) {
            return Map.of();
        }
        var file = readable(destination.envFile().get(), "env-file");
        try {
            return EnvFile.read(file);
        } catch (IOException | IllegalArgumentException e) {
            throw CommandException.usage(
                    "env-file " + file + " cannot be used: " + e.getMessage() + "; write lines NAME=value");
        }
    }

    /** One that is open to others is only warned of: whoever looks for his data has other worries. */
    private Path readable(Path file, String what) {
        SecretFile.problem(file, what).ifPresent(problem -> {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw CommandException.usage(problem.message() + "; " + problem.advice());
            }
            around.say("warning: " + problem.message() + "; " + problem.advice());
        });
        return file;
    }
}
