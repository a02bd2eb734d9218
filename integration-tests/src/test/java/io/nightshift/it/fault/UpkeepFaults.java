package io.nightshift.it.fault;

import static io.nightshift.it.fault.FolderSite.FILES_TO_DISK;
import static io.nightshift.it.fault.Machine.WORKER;

import io.nightshift.it.fault.ResticWrapper.Order;
import java.util.List;

/** Deaths in the middle of upkeep, and a backup behind them. */
final class UpkeepFaults {
    static final List<Fault> FAULTS = List.of(
            new Fault("worker killed", "while it forgets", stage -> workerKilled(stage, "forget", "forget")),
            new Fault("worker killed", "while it checks", stage -> workerKilled(stage, "check", "check")),
            new Fault(
                    "worker killed",
                    "while it tests a restore",
                    stage -> workerKilled(stage, "restore-test", "restore")),
            new Fault("restic killed", "while it forgets", UpkeepFaults::resticKilled));

    private UpkeepFaults() {}

    private static void workerKilled(Stage stage, String work, String command) throws Exception {
        stage.night();
        stage.restic().next(Order.DURING, command, stage.folders().repository(FILES_TO_DISK));
        var job = stage.streams().request(FILES_TO_DISK, work);
        stage.restic().awaitHeld();
        stage.machine().kill(WORKER);
        stage.restic().letGo();
        stage.machine().start(WORKER);
        stage.awaitEnd(job);
        stage.night();
    }

    private static void resticKilled(Stage stage) throws Exception {
        stage.night();
        stage.restic().next(Order.KILLED, "forget", stage.folders().repository(FILES_TO_DISK));
        var job = stage.streams().request(FILES_TO_DISK, "forget");
        stage.restic().awaitHeld();
        stage.awaitEnd(job);
        stage.night();
    }
}
