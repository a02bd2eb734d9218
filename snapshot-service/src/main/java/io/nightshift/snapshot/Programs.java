package io.nightshift.snapshot;

import io.nightshift.process.Command;
import io.nightshift.process.Exit;
import io.nightshift.process.ProgramException;
import io.nightshift.process.ProgramRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs programs that must succeed, with messages in English and nothing of this process's environment but PATH. */
public final class Programs {
    private final ProgramRunner runner;
    private final Duration timeout;

    public Programs(ProgramRunner runner, Duration timeout) {
        this.runner = runner;
        this.timeout = timeout;
    }

    /**
     * The lines of standard output.
     *
     * @throws SnapshotException if it could not be run, or said that it failed
     */
    public List<String> run(List<String> argv) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        Exit exit = exit(
                Command.of(argv)
                        .withInherited("PATH")
                        .withEnvironment("LC_ALL", "C.UTF-8")
                        .withTimeout(timeout),
                lines);
        if (!exit.succeeded()) {
            String said = exit.stderrTail()
                    .lines()
                    .findFirst()
                    .orElse("exit code " + exit.code())
                    .strip();
            throw new SnapshotException(String.join(" ", argv) + ": " + said, Advice.on(said));
        }
        return lines;
    }

    private Exit exit(Command command, List<String> lines) throws InterruptedException {
        try {
            return runner.run(command, lines::add);
        } catch (ProgramException e) {
            throw new SnapshotException(String.valueOf(e.getMessage()), advice(e.problem()), e);
        }
    }

    private static String advice(ProgramException.Problem problem) {
        return switch (problem) {
            case NOT_FOUND ->
                "install it on this host (Debian: zfsutils-linux, mount), or set 'snapshot: copy' for the host";
            case NOT_STARTED -> "see the message";
            case TIMED_OUT ->
                "look at the pool with 'zpool status'; raise nightshift.snapshot.command-timeout if it is slow";
        };
    }
}
