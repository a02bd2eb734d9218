package io.nightshift.it.fault;

import static io.nightshift.it.fault.Stage.FILES_TO_DISK;

import io.nightshift.it.fault.ResticWrapper.Order;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** What can happen to restic, and to the place that it writes to. */
final class ResticFaults {
    static final List<Fault> FAULTS = List.of(
            ordered("restic killed", "while it works", Order.KILLED),
            ordered("restic out of memory (exit 137)", "at its start", Order.OUT_OF_MEMORY),
            ordered("restic hangs", "past the time limit", Order.HUNG),
            new Fault("live lock of a person", "before a backup, given back after 3 s", ResticFaults::liveLock),
            new Fault("stale lock of a dead process", "before a backup", ResticFaults::staleLock),
            new Fault("destination away", "for some seconds", ResticFaults::awayForSeconds),
            new Fault("destination away", "for a whole night", ResticFaults::awayForANight));

    private ResticFaults() {}

    private static Fault ordered(String name, String step, Order order) {
        return new Fault(name, step, stage -> {
            stage.restic().next(order);
            var night = stage.begin();
            stage.restic().awaitHeld();
            stage.awaitEnds(night);
            stage.judged();
            stage.awaitEnds(stage.begin());
        });
    }

    private static void liveLock(Stage stage) throws Exception {
        stage.awaitEnds(stage.begin());
        var person = checkWithLock(stage);
        var night = stage.begin();
        Awaitility.await("a job to be refused by the lock")
                .atMost(Duration.ofSeconds(60))
                .until(() -> stage.heard("repository-locked", night));
        signal("CONT", person);
        person.waitFor();
        stage.awaitEnds(night);
    }

    private static void staleLock(Stage stage) throws Exception {
        stage.awaitEnds(stage.begin());
        checkWithLock(stage).destroyForcibly().waitFor();
        stage.awaitEnds(stage.begin());
    }

    /** A person's {@code restic check}, which locks out everybody else, stopped as soon as its lock is there. */
    private static Process checkWithLock(Stage stage) throws IOException, InterruptedException {
        var repository = stage.repository(FILES_TO_DISK);
        var builder = new ProcessBuilder("restic", "check")
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(stage.repositories().environment(repository));
        var process = builder.start();
        Awaitility.await("the person's lock")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> hasLock(repository));
        signal("STOP", process);
        return process;
    }

    /** Restic writes it under another name first. */
    private static boolean hasLock(Path repository) throws IOException {
        try (var locks = Files.list(repository.resolve("locks"))) {
            return locks.anyMatch(lock -> !lock.toString().contains("-tmp-"));
        }
    }

    private static void signal(String name, Process process) throws IOException, InterruptedException {
        Programs.run("kill", "-" + name, Long.toString(process.pid()));
    }

    private static void awayForSeconds(Stage stage) throws Exception {
        var away = stage.destination("disk-away");
        Files.move(stage.destination("disk"), away);
        var night = stage.begin();
        Awaitility.await("a job to miss its destination")
                .atMost(Duration.ofSeconds(60))
                .until(() -> stage.heard("destination-missing", night));
        Files.move(away, stage.destination("disk"));
        stage.awaitEnds(night);
    }

    private static void awayForANight(Stage stage) throws Exception {
        var away = stage.destination("disk-away");
        Files.move(stage.destination("disk"), away);
        stage.awaitEnds(stage.begin());
        Files.move(away, stage.destination("disk"));
        stage.judged();
        stage.awaitEnds(stage.begin());
    }
}
