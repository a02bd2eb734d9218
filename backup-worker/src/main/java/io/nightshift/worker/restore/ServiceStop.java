package io.nightshift.worker.restore;

import io.nightshift.contract.event.Cause;
import io.nightshift.contract.fleet.HookCommand;
import io.nightshift.contract.fleet.ServiceBackup;
import io.nightshift.worker.JobFailedException;
import java.util.List;
import java.util.Map;

/** Stops a service and starts it again, by the commands of the worker's own fleet file. */
final class ServiceStop {
    private final ServiceCommands commands;
    private final ServiceBackup own;
    private final Map<String, String> environment;
    private final Journal journal;
    private boolean startOwed;

    ServiceStop(ServiceCommands commands, ServiceBackup own, Restore restore, Journal journal) {
        this.commands = commands;
        this.own = own;
        this.journal = journal;
        var target = restore.target();
        this.environment = Map.of(
                "NIGHTSHIFT_HOST", target.host(),
                "NIGHTSHIFT_SERVICE", target.service(),
                "NIGHTSHIFT_DESTINATION", target.destination(),
                "NIGHTSHIFT_RESTORE", restore.id());
    }

    /** From now on: here, or in an earlier attempt, something is stopped. Known without NATS, which may be away at the end. */
    void oweStart() {
        startOwed = true;
    }

    boolean owesStart() {
        return startOwed;
    }

    void stop() throws InterruptedException {
        if (own.stop().isEmpty()) {
            journal.add("the service was not stopped: the fleet file has no 'stop' for it");
        }
        for (var command : own.stop()) {
            commands.run(List.of(command), environment);
            journal.add("stopped: " + shown(command));
        }
    }

    /** All of them, also after one that fails. @throws JobFailedException if one failed */
    void start() throws InterruptedException {
        var failed = new java.util.ArrayList<String>();
        for (var command : own.start()) {
            try {
                commands.run(List.of(command), environment);
                journal.add("started: " + shown(command));
            } catch (JobFailedException e) {
                failed.add(e.failure().message());
                journal.add("NOT started: " + e.failure().message());
            }
        }
        if (!failed.isEmpty()) {
            throw new JobFailedException(
                    Cause.COMMAND_FAILED,
                    "the service " + own.target().service() + " was not started again: " + String.join("; ", failed),
                    "start it by hand");
        }
    }

    private static String shown(HookCommand command) {
        return String.join(" ", command.argv());
    }
}
