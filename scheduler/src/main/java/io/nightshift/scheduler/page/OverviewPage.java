package io.nightshift.scheduler.page;

import io.nightshift.contract.fleet.Fleet;
import io.nightshift.scheduler.state.Board;
import io.nightshift.scheduler.state.Doing;
import io.nightshift.scheduler.state.Overview;
import io.nightshift.scheduler.state.Ranks;
import io.nightshift.scheduler.state.RestoreState;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;

/** The first page; each of its parts can be asked for alone, which is how it keeps up. */
@Path("/")
@Produces(Html.TYPE)
public class OverviewPage {
    private static final Duration REJECTED_FOR = Duration.ofDays(1);

    private final Fleet fleet;
    private final Board board;
    private final Overview overview;
    private final InstantSource clock;

    OverviewPage(Fleet fleet, Board board, Overview overview, InstantSource clock) {
        this.fleet = fleet;
        this.board = board;
        this.overview = overview;
        this.clock = clock;
    }

    @GET
    @Operation(hidden = true)
    public Response page(
            @RestQuery @DefaultValue("") String q,
            @RestQuery @DefaultValue("") String health,
            @RestQuery @DefaultValue("1") int page) {
        var ranks = overview.ranks();
        return Html.of(Templates.overview(glance(ranks), grid(ranks, new Grid.Filter(q, health, page))));
    }

    @GET
    @Path("parts/glance")
    @Operation(hidden = true)
    public Response glance() {
        return Html.of(Templates.glance(glance(overview.ranks())));
    }

    @GET
    @Path("parts/grid")
    @Operation(hidden = true)
    public Response grid(
            @RestQuery @DefaultValue("") String q,
            @RestQuery @DefaultValue("") String health,
            @RestQuery @DefaultValue("1") int page) {
        return Html.of(Templates.grid(grid(overview.ranks(), new Grid.Filter(q, health, page))));
    }

    private Grid grid(Ranks ranks, Grid.Filter filter) {
        return Grid.of(ranks, filter, overview::target);
    }

    /** One that no worker has taken for a day, none will. */
    private Stream<RestoreState> restoring() {
        var dayAgo = clock.instant().minus(Duration.ofDays(1));
        return board.restores().all().stream()
                .takeWhile(each -> !each.isOver())
                .filter(each -> each.at().isAfter(dayAgo));
    }

    private Glance glance(Ranks ranks) {
        return Glance.of(
                overview.verdict(ranks),
                board.running().stream().map(Doing::of),
                restoring(),
                ranks.bad().toList(),
                each -> overview.target(each.target()),
                overview.warnings(ranks),
                board.rejectedSince(clock.instant().minus(REJECTED_FOR)),
                fleet.schedule().zone());
    }
}
