package io.nightshift.it.fault;

import io.nightshift.contract.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Two services, and two folders as destinations. */
class FolderSite extends Site {
    static final Target FILES_TO_DISK = Target.parse("here/files/disk");

    /** A repository that was made before, with the lock that a process on another host has left in 2020. */
    private static final Path READY_MADE = Path.of("src/test/resources/io/nightshift/it/fault/repository");

    FolderSite(Path folder) throws IOException, InterruptedException {
        this(folder, NEVER);
    }

    FolderSite(Path folder, String slot) throws IOException, InterruptedException {
        super(folder);
        Files.createDirectories(folder.resolve("stick"));
        var repository = Files.createDirectories(repository(FILES_TO_DISK));
        for (var part : List.of("config", "keys")) {
            Programs.run("cp", "-r", READY_MADE.resolve(part).toString(), repository.toString());
        }
        for (var part : List.of("data", "index", "locks", "snapshots")) {
            Files.createDirectory(repository.resolve(part));
        }
        writeFleet(slot, """
                  destinations:
                    disk: { repository: "FOLDER/disk/{host}/{service}", password-file: "FOLDER/password" }
                    stick: { repository: "FOLDER/stick/{host}/{service}", password-file: "FOLDER/password" }
                  hosts:
                    here:
                      purpose: development # nothing is said of notes, which go to one destination only
                      snapshot: copy
                      services:
                        files: { paths: ["FOLDER/data/files"] }
                        notes: { paths: ["FOLDER/data/notes"], destinations: { stick: { enabled: false } } }
                """);
    }

    @Override
    List<Target> targets() {
        return List.of(FILES_TO_DISK, Target.parse("here/files/stick"), Target.parse("here/notes/disk"));
    }

    Path repository(Target target) {
        return folder(target.destination()).resolve(target.host()).resolve(target.service());
    }

    /** Of a process that another host had, and that is long dead. */
    void leaveForeignLock(Target target) throws IOException, InterruptedException {
        Programs.run(
                "cp",
                "-rT",
                READY_MADE.resolve("locks").toString(),
                repository(target).resolve("locks").toString());
    }

    @Override
    Map<String, String> restic(Target target) {
        return Map.of(
                "RESTIC_REPOSITORY", repository(target).toString(),
                "RESTIC_PASSWORD_FILE", folder("password").toString(),
                "RESTIC_CACHE_DIR", folder("cache").toString());
    }

    @Override
    Map<String, String> workerSettings() {
        return Map.of("nightshift.worker.destinations", "disk,stick", "nightshift.worker.contact-limit", "PT6S");
    }
}
