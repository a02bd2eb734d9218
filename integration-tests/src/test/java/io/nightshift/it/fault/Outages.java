package io.nightshift.it.fault;

import io.nightshift.contract.Subjects;
import io.nightshift.it.fault.ResticWrapper.Order;
import java.time.Duration;
import java.util.List;

/** NATS goes away, and what was between the services with it. */
final class Outages {
    /** Acknowledgements are waited for for 12 s on the stage. */
    private static final Duration LONG = Duration.ofSeconds(15);

    private static final int STORE_MEGABYTES = 64;

    static final List<Fault> FAULTS = List.of(
            new Fault("nats-server killed for 5 s", "while restic works", stage -> away(stage, Duration.ofSeconds(5))),
            new Fault(
                    "nats-server killed for longer than the ack wait",
                    "while restic works",
                    stage -> away(stage, LONG)),
            new Fault("nats-server killed for 5 s", "after restic has ended", Outages::beforeResult),
            new Fault("nats-server frozen for 8 s", "while restic works", Outages::frozen),
            new Fault("store of nats-server full", "while restic works", Outages::storeFull),
            new Fault("store of nats-server deleted", "between two nights", Outages::storeLost),
            new Fault("worker's connection frozen", "while restic works", Outages::workerCutOff),
            cutOff("scheduler", Subjects.NIGHT_START, "as a night begins"),
            cutOff("scheduler", Subjects.JOBS, "as it releases jobs"),
            cutOff("snapshot-service", Subjects.NIGHT_START, "as a night begins"),
            cutOff("notifier", "backup.status.>", "as a job ends"));

    private Outages() {}

    private static void away(Stage stage, Duration length) throws Exception {
        stage.restic().next(Order.DURING);
        var night = stage.begin();
        stage.restic().awaitHeld();
        stage.bus().kill();
        Stage.pass(length);
        stage.bus().restart();
        stage.restic().letGo();
        stage.awaitEnds(night);
    }

    private static void beforeResult(Stage stage) throws Exception {
        stage.restic().next(Order.AFTER);
        var night = stage.begin();
        stage.restic().awaitHeld();
        stage.bus().kill();
        stage.restic().letGo();
        Stage.pass(Duration.ofSeconds(5));
        stage.bus().restart();
        stage.awaitEnds(night);
    }

    private static void frozen(Stage stage) throws Exception {
        stage.restic().next(Order.DURING);
        var night = stage.begin();
        stage.restic().awaitHeld();
        stage.bus().freeze();
        Stage.pass(Duration.ofSeconds(8));
        stage.bus().thaw();
        stage.restic().letGo();
        stage.awaitEnds(night);
    }

    private static void workerCutOff(Stage stage) throws Exception {
        stage.restic().next(Order.DURING);
        var night = stage.begin();
        stage.restic().awaitHeld();
        stage.machine().freezeConnection(Machine.WORKER);
        stage.restic().letGo();
        stage.awaitEnds(night);
    }

    private static Fault cutOff(String service, String subject, String step) {
        return new Fault(service + "'s connection frozen", step, stage -> {
            stage.recorder().atNext(subject, body -> true, () -> stage.machine().freezeConnection(service));
            stage.night();
        });
    }

    /** A server whose disk was full goes on after a restart alone. */
    private static void storeFull(Stage stage) throws Exception {
        stage.bus().kill();
        var disk = SmallDisk.inPlaceOf(stage.bus().store(), STORE_MEGABYTES);
        try {
            stage.bus().restart();
            stage.restic().next(Order.DURING);
            var night = stage.begin();
            stage.restic().awaitHeld();
            disk.fill();
            stage.restic().letGo();
            Stage.pass(LONG);
            disk.empty();
            stage.bus().kill();
            stage.bus().restart();
            stage.awaitEnds(night);
        } finally {
            stage.bus().kill();
            disk.close();
            stage.bus().restart();
        }
        stage.night();
    }

    private static void storeLost(Stage stage) throws Exception {
        stage.night();
        stage.loseStore();
        stage.streams().awaitConsumers();
        stage.night();
    }
}
