package io.nightshift.scheduler.service;

import io.nightshift.contract.fleet.FleetFile;
import io.nightshift.contract.fleet.InvalidFleetException;
import io.nightshift.scheduler.plan.DryRun;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * {@code plan [--fleet FILE]} says what would run, without NATS, for a deployment to call; without arguments, the
 * service. A fleet file that cannot be used stops either before anything else, with exit code 2.
 */
@QuarkusMain(name = "scheduler")
public class Main {
    private static final String USAGE = "usage: scheduler [plan [--fleet FILE]]";

    Main() {}

    // A dry run speaks to the person who called it.
    @SuppressWarnings("SystemOut")
    public static void main(String... arguments) {
        var words = List.of(arguments);
        boolean plan = !words.isEmpty() && words.get(0).equals("plan");
        boolean named = words.size() == 3 && words.get(1).equals("--fleet");
        if (!words.isEmpty() && !(plan && (words.size() == 1 || named))) {
            System.err.println(USAGE);
            System.exit(2);
        }
        var file = Path.of(named ? words.get(2) : fleetOfSettings());
        if (plan) {
            System.exit(new DryRun(InstantSource.system(), System.out, System.err).run(file, System.getenv()));
        }
        refuseWrong(file);
        Quarkus.run(arguments);
    }

    @SuppressWarnings("SystemOut")
    private static void refuseWrong(Path file) {
        try {
            FleetFile.read(file, System.getenv());
        } catch (InvalidFleetException e) {
            e.problems().forEach(System.err::println);
            System.exit(DryRun.INVALID_FLEET);
        }
    }

    @SuppressWarnings("SystemOut")
    private static String fleetOfSettings() {
        var file = System.getProperty("nightshift.fleet", System.getenv().getOrDefault("NIGHTSHIFT_FLEET", ""));
        if (file.isEmpty()) {
            System.err.println("no fleet file is named: set NIGHTSHIFT_FLEET, or give --fleet FILE to plan");
            System.exit(DryRun.INVALID_FLEET);
        }
        return file;
    }
}
