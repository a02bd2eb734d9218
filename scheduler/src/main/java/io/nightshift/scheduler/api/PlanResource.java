package io.nightshift.scheduler.api;

import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.plan.Forecast;
import io.nightshift.contract.plan.SwitchedOff;
import io.nightshift.scheduler.ledger.JobEntry;
import io.nightshift.scheduler.ledger.Ledger;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Read only. Listens on the loopback address unless told otherwise. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class PlanResource {
    private final Fleet fleet;
    private final Ledger ledger;
    private final InstantSource clock;

    PlanResource(Fleet fleet, Ledger ledger, InstantSource clock) {
        this.fleet = fleet;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Every next run, and what is switched off where it matters. */
    public record Plan(String zone, List<NextRun> runs, List<String> warnings) {}

    /** @param local with the offset of that moment; {@code utc} is the same moment */
    public record NextRun(String target, String work, String night, String local, String utc) {}

    /** @param state queued, released, or the final state of the job */
    public record JobView(String id, String due, String state) {}

    @GET
    @Path("plan")
    public Plan plan() {
        var zone = fleet.schedule().zone();
        var runs = Forecast.next(fleet, clock.instant()).stream()
                .map(run -> new NextRun(
                        run.target().toString(),
                        run.work().word(),
                        run.night().toString(),
                        run.local(zone).toOffsetDateTime().toString(),
                        run.due().toString()))
                .toList();
        var warnings = SwitchedOff.of(fleet).stream().map(SwitchedOff::message).toList();
        return new Plan(zone.toString(), runs, warnings);
    }

    /** The jobs of the ledger, at most those of the last 30 days. */
    @GET
    @Path("jobs")
    public List<JobView> jobs() {
        var ended = ledger.ended().stream()
                .map(job -> new JobView(job.id().toString(), job.due().toString(), job.state()));
        return Stream.concat(ended, ledger.jobs().stream().map(PlanResource::view))
                .sorted(Comparator.comparing(JobView::id))
                .toList();
    }

    private static JobView view(JobEntry entry) {
        Instant due = entry.job().due();
        var state = entry.isOut() ? "released" : "queued";
        return new JobView(entry.id().toString(), due.toString(), state);
    }
}
