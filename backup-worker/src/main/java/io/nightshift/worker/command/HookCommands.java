package io.nightshift.worker.command;

import io.nightshift.contract.JobId;
import io.nightshift.contract.Text;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.fleet.HookCommand;
import io.nightshift.process.Command;
import io.nightshift.process.ProgramException;
import io.nightshift.process.ProgramRunner;
import io.nightshift.worker.Commands;
import io.nightshift.worker.JobFailedException;
import io.nightshift.worker.restore.ServiceCommands;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Runs them one after the other, without a shell, with the names of the job in the environment. */
@ApplicationScoped
class HookCommands implements Commands, ServiceCommands {
    private static final Logger LOG = Logger.getLogger(HookCommands.class);
    private static final int SHOWN = 300;

    private final ProgramRunner runner;

    HookCommands(ProgramRunner runner) {
        this.runner = runner;
    }

    @Override
    public void run(List<HookCommand> commands, JobId job, Path view) throws InterruptedException {
        run(commands, environment(job, view));
    }

    @Override
    public void run(List<HookCommand> commands, Map<String, String> environment) throws InterruptedException {
        for (var command : commands) {
            runOne(command, environment);
        }
    }

    private void runOne(HookCommand hook, Map<String, String> environment) throws InterruptedException {
        var command = Command.of(hook.argv())
                .withInherited("PATH", "HOME", "LANG", "LC_ALL")
                .withEnvironment(environment)
                .withTimeout(hook.timeout());
        try {
            var exit = runner.run(command, line -> LOG.debugf("%s: %s", command.program(), line));
            if (!exit.succeeded()) {
                var said = exit.stderrTail().isBlank()
                        ? ""
                        : ": " + Text.shown(exit.stderrTail().strip(), SHOWN);
                throw new JobFailedException(
                        failure(command, "ended with " + exit.code() + said).withExitCode(exit.code()));
            }
        } catch (ProgramException e) {
            throw new JobFailedException(failure(command, Text.shown(String.valueOf(e.getMessage()), SHOWN)));
        }
    }

    private static Failure failure(Command command, String why) {
        return Failure.of(
                Cause.COMMAND_FAILED,
                "command " + command.program() + " failed: " + why,
                "run it by hand on the worker's machine, or take it out of the fleet file");
    }

    private static Map<String, String> environment(JobId job, Path view) {
        return Map.of(
                "NIGHTSHIFT_HOST", job.target().host(),
                "NIGHTSHIFT_SERVICE", job.target().service(),
                "NIGHTSHIFT_DESTINATION", job.target().destination(),
                "NIGHTSHIFT_NIGHT", job.night().value(),
                "NIGHTSHIFT_VIEW", view.toString());
    }
}
