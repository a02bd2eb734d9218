package io.nightshift.command.doctor;

import io.nightshift.command.CommandException;
import io.nightshift.command.api.Api;
import io.nightshift.contract.fleet.Destination;
import io.nightshift.contract.fleet.ServiceBackup;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The workers of a host, as far as they answer: what one of them uses need not be on this machine, for it may run in a
 * container or elsewhere. Each is asked once, and only where something is missing here.
 */
final class Workers {
    private final Api api;
    private final List<ServiceBackup> backups;
    private final Map<String, Boolean> answers = new HashMap<>();

    /** @param backups of the host; none: no worker is known */
    Workers(Api api, List<ServiceBackup> backups) {
        this.api = api;
        this.backups = backups;
    }

    /** Whether the secrets of a destination are not here, but with a worker that answers by them. */
    boolean haveSecretsOf(Destination destination) {
        return Files.notExists(destination.passwordFile()) && answer(destination.name());
    }

    /** Whether each destination has a worker that reads a repository there. */
    boolean allAnswer() {
        return !backups.isEmpty()
                && backups.stream()
                        .map(each -> each.target().destination())
                        .distinct()
                        .allMatch(this::answer);
    }

    private boolean answer(String destination) {
        return answers.computeIfAbsent(
                destination,
                name -> backups.stream()
                        .filter(each -> each.target().destination().equals(name))
                        .findFirst()
                        .map(this::reads)
                        .orElse(false));
    }

    private boolean reads(ServiceBackup backup) {
        try {
            return api.look("/api/targets/" + backup.target() + "/snapshots?limit=1")
                            .statusCode()
                    == 200;
        } catch (CommandException e) {
            return false; // that the scheduler cannot be reached is said elsewhere
        }
    }
}
