package io.nightshift.it.fault;

import static io.nightshift.it.fault.FolderSite.FILES_TO_DISK;

import io.nightshift.contract.NightId;
import io.nightshift.it.fault.ResticWrapper.Order;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

/** What happens to a night that the clock begins. */
final class ClockFaults {
    /** Later than the stage calls punctual. */
    private static final Duration ASLEEP = Duration.ofSeconds(12);

    private static final Duration HOUR = Duration.ofHours(1);
    /** Enough for a scheduler that looks at the clock every 0.2 s to do what it must not. */
    private static final Duration A_FEW_TICKS = Duration.ofSeconds(4);

    static final List<Fault> FAULTS = List.of(
            new Fault("machine asleep", "at the time of the night", ClockFaults::asleep).to(Site.Kind.CLOCK),
            new Fault("store of nats-server deleted", "while jobs are out", ClockFaults::storeLost).to(Site.Kind.CLOCK),
            new Fault("clock jumps an hour", "forwards before the night, and back behind it", ClockFaults::overTheNight)
                    .to(Site.Kind.FAKED_CLOCK),
            new Fault("clock jumps an hour", "back while restic works, and forwards", ClockFaults::backInTheNight)
                    .to(Site.Kind.FAKED_CLOCK),
            new Fault("clock jumps an hour", "forwards while restic works", ClockFaults::forwardsInTheNight)
                    .to(Site.Kind.FAKED_CLOCK));

    private ClockFaults() {}

    private static void asleep(Stage stage) throws Exception {
        var slot = stage.clock().slot();
        Stage.awaitTime(slot.minusSeconds(3));
        stage.machine().sleep();
        Stage.awaitTime(slot.plus(ASLEEP));
        stage.machine().wake();
        stage.awaitEnds(night(stage));
    }

    /** What is due is worked out anew; what the repositories have already is not run again. */
    private static void storeLost(Stage stage) throws Exception {
        Stage.awaitTime(stage.clock().slot().minusSeconds(3));
        stage.restic().next(Order.DURING, "backup", stage.folders().repository(FILES_TO_DISK));
        stage.restic().awaitHeld();
        stage.loseStore();
        stage.restic().letGo();
        stage.awaitEnds(night(stage));
    }

    /** The night is caught up early; its own time comes twice behind it, and begins nothing. */
    private static void overTheNight(Stage stage) throws Exception {
        var clock = stage.fakedClock();
        clock.jump(HOUR);
        stage.awaitEnds(night(stage));
        clock.jump(HOUR.negated());
        Stage.pass(A_FEW_TICKS);
        clock.set(stage.clock().slot().minusSeconds(1));
        Stage.pass(A_FEW_TICKS);
        clock.jump(HOUR);
        Stage.pass(A_FEW_TICKS);
    }

    /** What was due in an hour that comes twice is done when it comes again, and what was done is not. */
    private static void backInTheNight(Stage stage) throws Exception {
        holdInTheNight(stage);
        stage.fakedClock().jump(HOUR.negated());
        stage.restic().letGo();
        Stage.pass(A_FEW_TICKS);
        stage.fakedClock().jump(HOUR);
        stage.awaitEnds(night(stage));
    }

    private static void forwardsInTheNight(Stage stage) throws Exception {
        holdInTheNight(stage);
        stage.fakedClock().jump(HOUR);
        Stage.pass(A_FEW_TICKS);
        stage.restic().letGo();
        stage.awaitEnds(night(stage));
    }

    private static void holdInTheNight(Stage stage) throws Exception {
        stage.restic().next(Order.DURING);
        stage.fakedClock().set(stage.clock().slot().minusSeconds(1));
        stage.restic().awaitHeld();
    }

    private static NightId night(Stage stage) {
        return new NightId(
                stage.clock().slot().atZone(ZoneOffset.UTC).toLocalDate().toString());
    }
}
