package io.nightshift.scheduler.plan;

import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.FleetFile;
import io.nightshift.contract.fleet.InvalidFleetException;
import io.nightshift.contract.plan.Forecast;
import io.nightshift.contract.plan.SwitchedOff;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Says what a fleet file would do, without NATS: for a person, and for a deployment that is to be warned. */
public final class DryRun {
    public static final int FINE = 0;
    public static final int INVALID_FLEET = 2;
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx");

    private final InstantSource clock;
    private final PrintStream out;
    private final PrintStream err;

    public DryRun(InstantSource clock, PrintStream out, PrintStream err) {
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /** @return the exit code: warnings never make it other than 0, a wrong file makes it 2 */
    public int run(Path file, Map<String, String> environment) {
        try {
            var fleet = FleetFile.read(file, environment);
            print(fleet);
            SwitchedOff.of(fleet).forEach(off -> err.println("warning: " + off.message() + "; " + SwitchedOff.ADVICE));
            return FINE;
        } catch (InvalidFleetException e) {
            e.problems().forEach(err::println);
            return INVALID_FLEET;
        }
    }

    private void print(Fleet fleet) {
        var zone = fleet.schedule().zone();
        out.printf("%-50s %-7s %-26s %s%n", "JOB", "WORK", "NEXT (" + zone + ")", "NEXT (UTC)");
        Forecast.next(fleet, clock.instant()).forEach(run -> out.println(line(run, zone)));
    }

    private static String line(Forecast.Run run, ZoneId zone) {
        var utc = run.due().truncatedTo(ChronoUnit.SECONDS);
        return "%-50s %-7s %-26s %s".formatted(run.target(), run.work().word(), LOCAL.format(run.local(zone)), utc);
    }
}
