package io.nightshift.scheduler.api;

import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.plan.Outlook;
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

    /** @param state queued, released, or the final state of the job */
    public record JobView(String id, String due, String state) {}

    @GET
    @Path("plan")
    public Outlook plan() {
        return Outlook.of(fleet, clock.instant());
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
