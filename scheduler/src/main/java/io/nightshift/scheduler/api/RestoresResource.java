package io.nightshift.scheduler.api;

import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.scheduler.ask.RestoreOrder;
import io.nightshift.scheduler.ask.Restoring;
import io.nightshift.scheduler.state.Board;
import io.nightshift.scheduler.state.RestoreState;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Bring data back. What a restore would do is asked with {@code dryRun}: its result is the plan. */
@Path("/api/restores")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class RestoresResource {
    private static final int ACCEPTED = 202;

    private final Restoring restoring;
    private final Board board;

    RestoresResource(Restoring restoring, Board board) {
        this.restoring = restoring;
        this.board = board;
    }

    /** @param total how many there are of the last days, of which {@code items} are some */
    public record RestorePage(int total, List<RestoreState> items) {}

    /** One for each service. */
    public record Ordered(List<RestoreState> restores) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(ACCEPTED)
    @Operation(summary = "Restore services of a host; dryRun only says what would be done, in the result")
    @RequestBody(content = @Content(schema = @Schema(implementation = RestoreOrder.class)), required = true)
    public Ordered order(byte[] body) {
        // Read here: a field that is misspelt is refused with its name, for it might have been dryRun.
        return new Ordered(restoring.order(Wire.read(body, RestoreOrder.class)));
    }

    @GET
    @Operation(summary = "Restores that wait or run, then those of the last 15 days, newest first")
    public RestorePage list(@RestQuery @DefaultValue("0") int offset, @RestQuery @DefaultValue("100") int limit) {
        var all = board.restores().all();
        return new RestorePage(all.size(), TargetsResource.page(all, offset, limit));
    }

    @GET
    @Path("{host}/{service}/{destination}/{id}")
    @Operation(summary = "One restore")
    public RestoreState one(
            @RestPath String host, @RestPath String service, @RestPath String destination, @RestPath String id) {
        return restoring.one(new Target(host, service, destination), id);
    }

    @POST
    @Path("{host}/{service}/{destination}/{id}/cancel")
    @ResponseStatus(ACCEPTED)
    @Operation(summary = "End a restore; what came back stays, and the service is started again")
    public RestoreState cancel(
            @RestPath String host, @RestPath String service, @RestPath String destination, @RestPath String id) {
        return restoring.cancel(new Target(host, service, destination), id);
    }
}
