package io.nightshift.scheduler.page;

import io.nightshift.contract.Target;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.scheduler.ask.Restoring;
import io.nightshift.scheduler.state.Board;
import io.nightshift.scheduler.state.RestoreState;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.ZoneId;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/** Restores: the plan of one, to be confirmed, and how those that were asked for go. */
@Path("/restores")
@Produces(Html.TYPE)
@Blocking
public class RestorePages {
    private static final int SHOWN = 100;

    private final Fleet fleet;
    private final Board board;
    private final Restoring restoring;
    private final Plans plans;

    RestorePages(Fleet fleet, Board board, Restoring restoring, Plans plans) {
        this.fleet = fleet;
        this.board = board;
        this.restoring = restoring;
        this.plans = plans;
    }

    @GET
    @Operation(hidden = true)
    public Response list() {
        var newest = board.restores().all().stream().limit(SHOWN).toList();
        return Html.of(Templates.restores(newest, zone()));
    }

    @GET
    @Path("{host}/{service}/{destination}/{id}")
    @Operation(hidden = true)
    public Response page(
            @RestPath String host, @RestPath String service, @RestPath String destination, @RestPath String id) {
        var restore = one(host, service, destination, id);
        return Html.of(Templates.restored(restore, plans.isReady(restore), zone()));
    }

    @GET
    @Path("{host}/{service}/{destination}/{id}/state")
    @Operation(hidden = true)
    public Response state(
            @RestPath String host, @RestPath String service, @RestPath String destination, @RestPath String id) {
        var restore = one(host, service, destination, id);
        return Html.of(Templates.restoredState(restore, plans.isReady(restore), zone()));
    }

    /** @param name of the service, typed by the person: who knows what it is has read what it does */
    @POST
    @Path("{host}/{service}/{destination}/{id}/confirm")
    @Operation(hidden = true)
    public Response confirm(
            @RestPath String host,
            @RestPath String service,
            @RestPath String destination,
            @RestPath String id,
            @FormParam("name") @DefaultValue("") String name) {
        var plan = one(host, service, destination, id);
        if (!name.strip().equals(service)) {
            throw new IllegalArgumentException("not restored: type the name of the service, '" + service + "'");
        }
        return to(plans.carryOut(plan));
    }

    @POST
    @Path("{host}/{service}/{destination}/{id}/cancel")
    @Operation(hidden = true)
    public Response cancel(
            @RestPath String host, @RestPath String service, @RestPath String destination, @RestPath String id) {
        return to(restoring.cancel(new Target(host, service, destination), id));
    }

    private static Response to(RestoreState restore) {
        return Response.seeOther(URI.create("/restores/" + restore.target() + "/" + restore.id()))
                .build();
    }

    private RestoreState one(String host, String service, String destination, String id) {
        return restoring.one(new Target(host, service, destination), id);
    }

    private ZoneId zone() {
        return fleet.schedule().zone();
    }
}
