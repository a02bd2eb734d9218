package io.nightshift.scheduler.api;

import io.nightshift.contract.event.Alert;
import io.nightshift.contract.event.Rejected;
import io.nightshift.scheduler.state.Board;
import io.nightshift.scheduler.state.Doing;
import io.nightshift.scheduler.state.Entry;
import io.nightshift.scheduler.state.HostState;
import io.nightshift.scheduler.state.Overview;
import io.nightshift.scheduler.state.Verdict;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Is everything safe, and what happens now? */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class StatusResource {
    private static final Duration REJECTED_FOR = Duration.ofDays(1);

    private final Board board;
    private final Overview overview;
    private final InstantSource clock;

    StatusResource(Board board, Overview overview, InstantSource clock) {
        this.board = board;
        this.overview = overview;
        this.clock = clock;
    }

    @GET
    @Path("verdict")
    @Operation(summary = "Whether everything is safe, and when the next night is")
    public Verdict verdict() {
        return overview.verdict();
    }

    @GET
    @Path("running")
    @Operation(summary = "What runs, with how far it is, and then what waits")
    public List<Doing> running() {
        return board.activities().stream().map(Doing::of).toList();
    }

    @GET
    @Path("alerts")
    @Operation(summary = "Warnings that are not over, newest first")
    public List<Alert> alerts() {
        return board.alerts();
    }

    @GET
    @Path("rejected")
    @Operation(summary = "Messages of the last day that could not be understood, newest first, at most 100")
    public List<Rejected> rejected() {
        return board.rejectedSince(clock.instant().minus(REJECTED_FOR));
    }

    @GET
    @Path("hosts")
    @Operation(summary = "The hosts of the fleet file, with their newest ZFS snapshots and views")
    public List<HostState> hosts() {
        return board.hosts();
    }

    @GET
    @Path("events")
    @Operation(summary = "What passed lately, newest first, at most 300 lines; /api/live has them as they come")
    public List<Entry> events() {
        return board.entries();
    }
}
