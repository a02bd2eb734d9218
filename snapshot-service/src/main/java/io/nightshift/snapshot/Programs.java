package io.nightshift.snapshot;

import io.nightshift.process.Command;
import io.nightshift.process.Exit;
import io.nightshift.process.ProgramException;
import io.nightshift.process.ProgramRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

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
        return run(argv, line -> false);
    }

    /**
     * The same, where exit code 1 is no failure if each line of standard error, from the first to the last, is harmless.
     *
     * @throws SnapshotException with the first line that is not
     */
    public List<String> run(List<String> argv, Predicate<String> harmless) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        List<String> said = new ArrayList<>();
        var excused = new AtomicBoolean();
        Command command = Command.of(argv)
                .withInherited("PATH")
                .withEnvironment("LC_ALL", "C.UTF-8")
                .withTimeout(timeout);
        Exit exit = exit(command, lines::add, line -> {
            if (harmless.test(line)) {
                excused.set(true);
            } else if (said.isEmpty()) {
                said.add(line.strip());
            }
        });
        if (!exit.succeeded() && !(exit.code() == 1 && excused.get() && said.isEmpty())) {
            String why = said.isEmpty() ? "exit code " + exit.code() : said.get(0);
            throw new SnapshotException(String.join(" ", argv) + ": " + why, Advice.on(why));
        }
        return lines;
    }

    private Exit exit(Command command, Consumer<String> stdout, Consumer<String> stderr) throws InterruptedException {
        try {
            return runner.run(command, stdout, stderr);
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
