package io.nightshift.contract.plan;

import io.nightshift.contract.fleet.Fleet;
import java.time.Instant;
import java.util.List;

/** What a fleet file will do next, as it is told: every next run, and what is switched off where it matters. */
public record Outlook(String zone, List<NextRun> runs, List<String> warnings) {

    /** @param local with the offset of that moment; {@code utc} is the same moment */
    public record NextRun(String target, String work, String night, String local, String utc) {}

    public static Outlook of(Fleet fleet, Instant now) {
        var zone = fleet.schedule().zone();
        var runs = Forecast.next(fleet, now).stream()
                .map(run -> new NextRun(
                        run.target().toString(),
                        run.work().word(),
                        run.night().toString(),
                        run.local(zone).toOffsetDateTime().toString(),
                        run.due().toString()))
                .toList();
        var warnings = SwitchedOff.of(fleet).stream().map(SwitchedOff::message).toList();
        return new Outlook(zone.toString(), runs, warnings);
    }
}
