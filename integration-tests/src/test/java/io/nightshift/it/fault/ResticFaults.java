package io.nightshift.it.fault;

import static io.nightshift.it.fault.FolderSite.FILES_TO_DISK;

import io.nightshift.it.fault.ResticWrapper.Order;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** What can happen to restic, and to the place that it writes to. */
final class ResticFaults {
    private static final int TRIES = 20;

    static final List<Fault> FAULTS = List.of(
            ordered("restic killed", "while it works", Order.KILLED),
            ordered("restic out of memory (exit 137)", "at its start", Order.OUT_OF_MEMORY),
            ordered("restic hangs", "past the time limit", Order.HUNG).ending("1 failed, 5 succeeded"),
            new Fault("live lock of a person", "before a backup, given back after 3 s", ResticFaults::liveLock),
            new Fault("stale lock of a dead process", "before a backup", ResticFaults::staleLock),
            new Fault(
                    "lock of a process on another host",
                    "before a backup, taken away after 3 s",
                    ResticFaults::foreignLock),
            new Fault("stale lock of a process on another host", "before a backup", ResticFaults::staleForeignLock));

    private ResticFaults() {}

    private static Fault ordered(String name, String step, Order order) {
        return new Fault(name, step, stage -> {
            stage.restic().next(order);
            var night = stage.begin();
            stage.restic().awaitHeld();
            stage.awaitEnds(night);
            stage.judged();
            stage.night();
        });
    }

    private static void liveLock(Stage stage) throws Exception {
        stage.night();
        var person = checkWithLock(stage, "restic", "check");
        try {
            var night = stage.begin();
            stage.awaitCause("repository-locked", night);
            signal("CONT", person);
            person.waitFor();
            stage.awaitEnds(night);
        } finally {
            person.destroyForcibly(); // or it stays stopped for ever
        }
    }

    private static void staleLock(Stage stage) throws Exception {
        stage.night();
        checkWithLock(stage, "restic", "check").destroyForcibly().waitFor();
        stage.night();
    }

    /** Restic cannot ask for the process, so that the lock counts for half an hour: it is for a person to take away. */
    private static void foreignLock(Stage stage) throws Exception {
        stage.night();
        checkWithLock(stage, "unshare", "--uts", "sh", "-c", "hostname elsewhere && exec restic check")
                .destroyForcibly()
                .waitFor();
        var night = stage.begin();
        stage.awaitCause("repository-locked", night);
        Programs.run(stage.site().restic(FILES_TO_DISK), List.of("restic", "unlock", "--remove-all"));
        stage.awaitEnds(night);
    }

    private static void staleForeignLock(Stage stage) throws Exception {
        stage.night();
        stage.folders().leaveForeignLock(FILES_TO_DISK);
        stage.night();
    }

    /**
     * A person's {@code restic check}, which locks out everybody else, stopped as soon as its lock is there. On a busy machine it
     * may have ended by then, and is begun again.
     */
    private static Process checkWithLock(Stage stage, String... command) throws IOException, InterruptedException {
        var repository = stage.folders().repository(FILES_TO_DISK);
        for (int i = 0; i < TRIES; i++) {
            var process = begin(stage, command);
            Awaitility.await("the person's lock")
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> hasLock(repository) || !process.isAlive());
            signal("STOP", process);
            if (isStopped(process) && hasLock(repository)) {
                return process;
            }
            process.destroyForcibly().waitFor();
        }
        throw new IllegalStateException("restic check was never stopped in time");
    }

    /** A signal takes a moment, in which it may go on and give back its lock. */
    private static boolean isStopped(Process process) {
        var stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        Awaitility.await("the person's restic to stop, or to have ended")
                .pollInterval(Duration.ofMillis(2))
                .until(() -> !process.isAlive() || Files.readString(stat).contains(") T "));
        return process.isAlive();
    }

    private static Process begin(Stage stage, String... command) throws IOException {
        var builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(stage.site().restic(FILES_TO_DISK));
        return builder.start();
    }

    /** Restic writes it under another name first. */
    private static boolean hasLock(Path repository) throws IOException {
        try (var locks = Files.list(repository.resolve("locks"))) {
            return locks.anyMatch(lock -> !lock.toString().contains("-tmp-"));
        }
    }

    /** If it is still there. */
    private static void signal(String name, Process process) throws IOException, InterruptedException {
        Programs.run(Map.of(), List.of("kill", "-" + name, Long.toString(process.pid())));
    }
}
