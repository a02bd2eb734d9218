package io.nightshift.it.fault;

import static io.nightshift.it.fault.Machine.NOTIFIER;
import static io.nightshift.it.fault.Machine.SCHEDULER;
import static io.nightshift.it.fault.Machine.SNAPSHOTS;
import static io.nightshift.it.fault.Machine.WORKER;

import io.nightshift.contract.Subjects;
import io.nightshift.it.fault.ResticWrapper.Order;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** kill -9 of services, one, two or all, in each step where it differs. */
final class Deaths {
    private static final String ONE_FAILS = "1 failed, 5 succeeded";

    static final List<Fault> FAULTS = List.of(
            whileRestic(Order.BEFORE, "before restic is begun", WORKER),
            whileRestic(Order.DURING, "while restic works", WORKER),
            whileRestic(Order.AFTER, "after restic has ended", WORKER),
            new Fault("worker killed", "while restic works, and restic lives on", Deaths::workerAlone),
            when(
                    "backup.status.here.files.disk",
                    "\"state\":\"succeeded\"",
                    "between result and acknowledgement",
                    WORKER),
            when(Subjects.NIGHT_START, "", "as a night begins", SCHEDULER),
            when(Subjects.snapshotReady("here"), "", "while it plans jobs", SCHEDULER),
            when(Subjects.JOBS, "", "in the middle of the release of jobs", SCHEDULER),
            whileRestic(Order.DURING, "while restic works", SCHEDULER),
            when("backup.status.here.*.*", "\"state\":\"succeeded\"", "as a job ends", SCHEDULER),
            new Fault("snapshot-service killed", "while it replaces the snapshot", Deaths::whileCopying),
            when(Subjects.snapshotReady("here"), "", "as it announces", SNAPSHOTS),
            whileRestic(Order.DURING, "while restic works", SNAPSHOTS),
            notifierAfterFailure().ending(ONE_FAILS),
            new Fault("notifier killed", "between sending and noting it", Deaths::notifierAfterSending)
                    .ending(ONE_FAILS),
            whileRestic(Order.DURING, "while restic works", WORKER, SCHEDULER),
            whileRestic(Order.AFTER, "after restic has ended", WORKER, NOTIFIER),
            when(Subjects.snapshotReady("here"), "", "as the snapshot is announced", SCHEDULER, SNAPSHOTS),
            new Fault("whole machine killed", "while restic works", Deaths::machine));

    private Deaths() {}

    private static Fault whileRestic(Order step, String words, String... services) {
        return new Fault(name(services), words, stage -> {
            stage.restic().next(step);
            var night = stage.begin();
            stage.restic().awaitHeld();
            stage.machine().kill(services);
            stage.restic().letGo();
            stage.machine().start(services);
            stage.awaitEnds(night);
        });
    }

    /** As soon as a message with that in it is on the bus. */
    private static Fault when(String subject, String part, String words, String... services) {
        return new Fault(name(services), words, stage -> {
            stage.recorder()
                    .atNext(
                            subject,
                            body -> body.contains(part),
                            () -> stage.machine().kill(services));
            var night = stage.begin();
            awaitDead(stage, services);
            stage.machine().start(services);
            stage.awaitEnds(night);
        });
    }

    private static String name(String... services) {
        return String.join(" and ", services).replace("backup-worker", "worker") + " killed";
    }

    private static void awaitDead(Stage stage, String... services) {
        Awaitility.await(String.join(" and ", services) + " to be killed")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> List.of(services).stream()
                        .noneMatch(name -> stage.machine().service(name).isAlive()));
    }

    private static void workerAlone(Stage stage) throws Exception {
        stage.restic().next(Order.DURING);
        var night = stage.begin();
        stage.restic().awaitHeld();
        stage.machine().killAlone(WORKER);
        stage.restic().letGo();
        stage.machine().start(WORKER);
        stage.awaitEnds(night);
    }

    /** The folder of the new view is there, and nothing is announced. */
    private static void whileCopying(Stage stage) throws Exception {
        var views = stage.site().folder("views");
        var night = stage.begin();
        Awaitility.await("the copy to begin")
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> Files.exists(views.resolve(night.toString())));
        stage.machine().kill(SNAPSHOTS);
        stage.machine().start(SNAPSHOTS);
        stage.awaitEnds(night);
    }

    private static Fault notifierAfterFailure() {
        return new Fault("notifier killed", "between failure and message", stage -> {
            var away = stage.site().folder("notes-away");
            Files.move(stage.site().data("notes"), away);
            stage.recorder()
                    .atNext(
                            "backup.status.>",
                            body -> body.contains("\"state\":\"failed\""),
                            () -> stage.machine().kill(NOTIFIER));
            var night = stage.begin();
            awaitDead(stage, NOTIFIER);
            stage.machine().start(NOTIFIER);
            stage.awaitEnds(night);
            Files.move(away, stage.site().data("notes"));
            stage.judged();
            stage.night();
        });
    }

    private static void notifierAfterSending(Stage stage) throws Exception {
        var away = stage.site().folder("notes-away");
        Files.move(stage.site().data("notes"), away);
        stage.phone().beforeNextAnswer(() -> stage.machine().kill(NOTIFIER));
        var night = stage.begin();
        awaitDead(stage, NOTIFIER);
        stage.machine().start(NOTIFIER);
        stage.awaitEnds(night);
        Files.move(away, stage.site().data("notes"));
        stage.judged();
        stage.night();
    }

    private static void machine(Stage stage) throws Exception {
        stage.restic().next(Order.DURING);
        var night = stage.begin();
        stage.restic().awaitHeld();
        stage.machine().killAll();
        stage.restic().letGo();
        stage.machine().startAll();
        stage.awaitEnds(night);
    }
}
