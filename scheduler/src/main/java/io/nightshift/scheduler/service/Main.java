package io.nightshift.scheduler.service;

import io.nightshift.contract.fleet.FleetFile;
import io.nightshift.contract.fleet.InvalidFleetException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.file.Path;

/** The service. A fleet file that cannot be used stops it before anything else, with exit code 2. */
@QuarkusMain(name = "scheduler")
public class Main {
    private static final int INVALID_FLEET = 2;

    Main() {}

    public static void main(String... arguments) {
        refuseWrong(Path.of(fleetOfSettings()));
        Quarkus.run(arguments);
    }

    // Nothing logs yet.
    @SuppressWarnings("SystemOut")
    private static void refuseWrong(Path file) {
        try {
            FleetFile.read(file, System.getenv());
        } catch (InvalidFleetException e) {
            e.problems().forEach(System.err::println);
            System.exit(INVALID_FLEET);
        }
    }

    @SuppressWarnings("SystemOut")
    private static String fleetOfSettings() {
        var file = System.getProperty("nightshift.fleet", System.getenv().getOrDefault("NIGHTSHIFT_FLEET", ""));
        if (file.isEmpty()) {
            System.err.println("no fleet file is named: set NIGHTSHIFT_FLEET");
            System.exit(INVALID_FLEET);
        }
        return file;
    }
}
