package io.nightshift.scheduler;

import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.FleetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Fleet files for tests, read as the service reads them. */
public final class Fleets {
    private Fleets() {}

    /** @param hosts the lines below {@code hosts:}, each indented by four blanks or more */
    public static Fleet of(Path directory, String destinations, String hosts) throws IOException {
        var file = Files.createDirectories(directory.resolve("flöte und Geige")).resolve("backups.yaml");
        Files.writeString(file, """
                backup:
                  schedule: { at: "02:00", window: "02:05-04:05", zone: Australia/Sydney }
                  destinations:
                %s
                  hosts:
                %s
                """.formatted(destinations.stripTrailing(), hosts.stripTrailing()));
        return FleetFile.read(file, Map.of());
    }

    /** The lines of a destination in a folder. */
    public static String destination(String name, String more) {
        return "    " + name + ": { repository: \"/mnt/" + name
                + "/{host}/{service}\", password-file: /run/secrets/restic" + more + " }\n";
    }

    /** Two destinations and twenty services of one host. */
    public static Fleet twenty(Path directory) throws IOException {
        var hosts = new StringBuilder("    daedalus:\n      datasets: [rpool/persist]\n      services:\n");
        for (int i = 1; i <= 20; i++) {
            hosts.append("        app%02d: { paths: [/persist/app%02d] }\n".formatted(i, i));
        }
        return of(directory, destination("local", "") + destination("remote", ""), hosts.toString());
    }
}
