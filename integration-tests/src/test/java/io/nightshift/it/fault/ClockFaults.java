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

    static final List<Fault> FAULTS = List.of(
            new Fault("machine asleep", "at the time of the night", ClockFaults::asleep).to(Site.Kind.CLOCK),
            new Fault("store of nats-server deleted", "while jobs are out", ClockFaults::storeLost)
                    .to(Site.Kind.CLOCK));

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

    private static NightId night(Stage stage) {
        return new NightId(
                stage.clock().slot().atZone(ZoneOffset.UTC).toLocalDate().toString());
    }
}
