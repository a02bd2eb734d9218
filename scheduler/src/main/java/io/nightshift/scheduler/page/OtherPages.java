package io.nightshift.scheduler.page;

import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.plan.Forecast;
import io.nightshift.contract.plan.SwitchedOff;
import io.nightshift.scheduler.api.FleetSettings;
import io.nightshift.scheduler.state.Board;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;

/** Hosts, plan, events and settings. */
@Path("/")
@Produces(Html.TYPE)
public class OtherPages {
    private final Fleet fleet;
    private final Board board;
    private final InstantSource clock;

    OtherPages(Fleet fleet, Board board, InstantSource clock) {
        this.fleet = fleet;
        this.board = board;
        this.clock = clock;
    }

    @GET
    @Path("hosts")
    @Operation(hidden = true)
    public Response hosts() {
        return Html.of(Templates.hosts(board.hosts(), zone()));
    }

    @GET
    @Path("plan")
    @Operation(hidden = true)
    public Response plan(@RestQuery @DefaultValue("false") boolean all) {
        var plan = PlanView.of(Forecast.next(fleet, clock.instant()), all);
        return Html.of(Templates.plan(plan, warnings(), zone()));
    }

    @GET
    @Path("events")
    @Operation(hidden = true)
    public Response events() {
        return Html.of(Templates.events(board.entries(), zone()));
    }

    @GET
    @Path("settings")
    @Operation(hidden = true)
    public Response settings(@RestQuery @DefaultValue("false") boolean all) {
        var settings = SettingsView.of(FleetSettings.of(fleet), all);
        return Html.of(Templates.settings(fleet.file().toString(), settings, warnings()));
    }

    private List<String> warnings() {
        return SwitchedOff.of(fleet).stream().map(SwitchedOff::message).toList();
    }

    private ZoneId zone() {
        return fleet.schedule().zone();
    }
}
