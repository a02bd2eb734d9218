package io.nightshift.it.fault;

import static io.nightshift.it.fault.FolderSite.FILES_TO_DISK;
import static io.nightshift.it.fault.Machine.WORKER;

import io.nightshift.it.fault.ResticWrapper.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** What can happen to the folder that restic writes to, and to the one where it keeps what is on its way. */
final class DestinationFaults {
    private static final int MEGABYTES = 32;

    static final List<Fault> FAULTS = List.of(
            new Fault("destination away", "for some seconds", DestinationFaults::awayForSeconds),
            new Fault("destination away", "for a whole night", DestinationFaults::awayForANight)
                    .ending("2 failed, 4 succeeded"),
            new Fault("destination full", "before a backup", DestinationFaults::fullBefore),
            new Fault("destination full", "while restic works", DestinationFaults::fullDuring),
            new Fault("temporary files full", "before a backup", DestinationFaults::noRoomBefore),
            new Fault("temporary files full", "while restic works", DestinationFaults::noRoomDuring),
            new Fault("repository vanished", "before a backup, and comes back", DestinationFaults::vanished),
            new Fault("another repository than remembered", "before a backup", DestinationFaults::another)
                    .ending("1 failed, 5 succeeded"),
            new Fault("damaged pack", "before a check", DestinationFaults::damaged).ending("1 failed, 4 succeeded"));

    private DestinationFaults() {}

    private static void awayForSeconds(Stage stage) throws Exception {
        var away = stage.site().folder("disk-away");
        Files.move(stage.site().folder("disk"), away);
        var night = stage.begin();
        stage.awaitCause("destination-missing", night);
        Files.move(away, stage.site().folder("disk"));
        stage.awaitEnds(night);
    }

    private static void awayForANight(Stage stage) throws Exception {
        stage.machine().service(WORKER).stop();
        stage.machine().another(WORKER, Map.of("nightshift.worker.retry-for", "PT10S"));
        var away = stage.site().folder("disk-away");
        Files.move(stage.site().folder("disk"), away);
        stage.night();
        Files.move(away, stage.site().folder("disk"));
        stage.judged();
        stage.night();
    }

    private static void fullBefore(Stage stage) throws Exception {
        fullUntilHeard(stage, "disk", "destination-full");
    }

    private static void noRoomBefore(Stage stage) throws Exception {
        fullUntilHeard(stage, "worker", "worker-disk-full");
    }

    private static void fullUntilHeard(Stage stage, String folder, String cause) throws Exception {
        try (var disk = SmallDisk.inPlaceOf(stage.site().folder(folder), MEGABYTES)) {
            disk.fill();
            var night = stage.begin();
            stage.awaitCause(cause, night);
            disk.empty();
            stage.awaitEnds(night);
        }
    }

    /** Restic itself tries again for a quarter of an hour: then, or when it stands still for too long, it is stopped. */
    private static void fullDuring(Stage stage) throws Exception {
        stage.machine().service(WORKER).stop();
        stage.machine().another(WORKER, Map.of("nightshift.worker.stall-limit", "PT5S"));
        fullOnceRestic(stage, "disk", "destination-full");
    }

    private static void noRoomDuring(Stage stage) throws Exception {
        fullOnceRestic(stage, "worker", "worker-disk-full");
    }

    private static void fullOnceRestic(Stage stage, String folder, String cause) throws Exception {
        try (var disk = SmallDisk.inPlaceOf(stage.site().folder(folder), MEGABYTES)) {
            stage.restic().next(Order.DURING, "backup", stage.folders().repository(FILES_TO_DISK));
            var night = stage.begin();
            stage.restic().awaitHeld();
            disk.fill();
            stage.restic().letGo();
            stage.awaitCause(cause, night);
            disk.empty();
            stage.awaitEnds(night);
        }
    }

    /** It can only come back if nothing was made in its place. */
    private static void vanished(Stage stage) throws Exception {
        var repository = stage.folders().repository(FILES_TO_DISK);
        var away = Files.move(repository, stage.site().folder("repository-away"));
        var night = stage.begin();
        stage.awaitCause("repository-missing", night);
        Files.move(away, repository);
        stage.awaitEnds(night);
    }

    private static void another(Stage stage) throws Exception {
        var repository = stage.folders().repository(FILES_TO_DISK);
        var away = Files.move(repository, stage.site().folder("repository-away"));
        Programs.run(stage.site().restic(FILES_TO_DISK), List.of("restic", "init"));
        stage.night();
        Programs.run("rm", "-rf", repository.toString());
        Files.move(away, repository);
        stage.judged();
        stage.night();
    }

    private static void damaged(Stage stage) throws Exception {
        stage.night();
        stage.judged();
        var pack = pack(stage.folders().repository(FILES_TO_DISK));
        var sound = Files.readAllBytes(pack);
        var bad = sound.clone();
        bad[0] ^= 1;
        write(pack, bad);
        stage.awaitEnd(stage.streams().request(FILES_TO_DISK, "check"));
        write(pack, sound);
        stage.judged();
        stage.awaitEnd(stage.streams().request(FILES_TO_DISK, "check"));
    }

    private static Path pack(Path repository) throws IOException {
        try (var files = Files.walk(repository.resolve("data"))) {
            return files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }

    private static void write(Path pack, byte[] content) throws IOException {
        pack.toFile().setWritable(true);
        Files.write(pack, content, StandardOpenOption.TRUNCATE_EXISTING);
    }
}
