package io.nightshift.it.fault;

import io.nightshift.contract.Target;
import io.nightshift.it.fault.judge.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** What is backed up, where to, and the fleet file that says so: one host, and two services at most. */
abstract class Site implements AutoCloseable {
    /** Where the destinations are. */
    enum Kind {
        FOLDERS(FolderSite::new),
        SERVERS(ServerSite::new),
        /** Folders, and a bus of three servers. */
        CLUSTER(ClusterSite::new),
        /** Folders, and one night by the clock; for one fault. */
        CLOCK(ClockSite::new),
        /** The same by a clock that the fault sets. */
        FAKED_CLOCK(FakedClockSite::new);

        private final Maker maker;

        Kind(Maker maker) {
            this.maker = maker;
        }

        Site in(Path folder) throws Exception {
            return maker.in(folder);
        }

        /** Whether it serves one fault only. */
        boolean isForOne() {
            return this == CLOCK || this == FAKED_CLOCK;
        }

        private interface Maker {
            Site in(Path folder) throws Exception;
        }
    }

    /** Half a day away. */
    static final String NEVER =
            "at: \"" + LocalTime.now(ZoneOffset.UTC).plusHours(12).format(DateTimeFormatter.ofPattern("HH:mm")) + "\"";

    private final Path folder;
    private int nights;

    Site(Path folder) throws IOException {
        this.folder = folder;
        for (int i = 0; i < 200; i++) {
            var file = data("files").resolve("Ordner ü/" + i % 10 + "/file " + i);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "content " + i);
        }
        Files.createDirectories(data("notes"));
        Files.writeString(data("notes").resolve("note"), "worth keeping");
        io.nightshift.it.Programs.secret(folder.resolve("password"), "right");
    }

    /**
     * @param slot when a night comes by itself, as it is in the fleet file
     * @param places destinations, and then services
     */
    void writeFleet(String slot, String places) throws IOException {
        var head = """
                backup:
                  schedule: { SLOT, zone: UTC }
                  timeout: 20s
                  retention: { keep-last: 1000 }
                  upkeep: { forget: never, check: never, read-data-subset: "100%" }
                """;
        Files.writeString(
                folder.resolve("backups.yaml"),
                (head + places).replace("SLOT", slot).replace("FOLDER", folder.toString()));
    }

    abstract List<Target> targets();

    /** What plain restic needs for the repository of a target, past all that a fault may do to the way there. */
    abstract Map<String, String> restic(Target target);

    /** What the services talk over. */
    BusServer bus(Path busFolder) throws IOException {
        return new BusServer(busFolder);
    }

    /** More than {@link Settings} has for every service. */
    Map<String, String> settings() throws IOException {
        return Map.of();
    }

    /** Of each service's process. */
    Map<String, String> environment() {
        return Map.of();
    }

    /** More than {@link Settings} has for the worker. */
    abstract Map<String, String> workerSettings();

    /** What was done to it, as far as the judge must know. */
    List<Entry> deeds() {
        return List.of();
    }

    /** Ends what a fault has done to the destinations. */
    void mend() throws Exception {}

    /** Where the data of each service is. */
    Map<String, Path> services() {
        return Map.of("files", data("files"), "notes", data("notes"));
    }

    Path data(String service) {
        return folder.resolve("data").resolve(service);
    }

    /** Other data than the night before; a service whose folder is away has none. */
    void change() throws IOException {
        nights++;
        for (var data : services().values()) {
            if (Files.exists(data)) {
                Files.writeString(data.resolve("night"), "data of night " + nights);
            }
        }
    }

    Path folder(String name) {
        return folder.resolve(name);
    }

    @Override
    public void close() throws Exception {}
}
