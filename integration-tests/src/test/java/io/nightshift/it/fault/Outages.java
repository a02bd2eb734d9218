package io.nightshift.it.fault;

import io.nightshift.it.fault.ResticWrapper.Order;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** NATS goes away, and what was between the services with it. */
final class Outages {
    /** Acknowledgements are waited for for 12 s on the stage. */
    private static final Duration LONG = Duration.ofSeconds(15);

    static final List<Fault> FAULTS = List.of(
            new Fault("nats-server killed for 5 s", "while restic works", stage -> away(stage, Duration.ofSeconds(5))),
            new Fault(
                    "nats-server killed for longer than the ack wait",
                    "while restic works",
                    stage -> away(stage, LONG)),
            new Fault("nats-server killed for 5 s", "after restic has ended", Outages::beforeResult)
                    .known(Deaths.MADE_AGAIN),
            new Fault("nats-server frozen for 8 s", "while restic works", Outages::frozen),
            new Fault("store of nats-server deleted", "between two nights", Outages::storeLost));

    private Outages() {}

    private static void away(Stage stage, Duration length) throws Exception {
        stage.restic().next(Order.DURING);
        var night = stage.begin();
        stage.restic().awaitHeld();
        stage.bus().kill();
        pass(length);
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
        pass(Duration.ofSeconds(5));
        stage.bus().restart();
        stage.awaitEnds(night);
    }

    private static void frozen(Stage stage) throws Exception {
        stage.restic().next(Order.DURING);
        var night = stage.begin();
        stage.restic().awaitHeld();
        stage.bus().freeze();
        pass(Duration.ofSeconds(8));
        stage.bus().thaw();
        stage.restic().letGo();
        stage.awaitEnds(night);
    }

    private static void storeLost(Stage stage) throws Exception {
        stage.awaitEnds(stage.begin());
        stage.recorder().collect();
        stage.bus().kill();
        stage.bus().forget();
        stage.recorder().startAnew();
        stage.bus().restart();
        stage.awaitStreams();
        stage.awaitEnds(stage.begin());
    }

    /** Time is the fault itself here: nothing tells that an outage has been long enough. */
    private static void pass(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }
}
