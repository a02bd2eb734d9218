package io.nightshift.scheduler.page;

import io.nightshift.contract.Target;
import io.nightshift.contract.event.RestoreRequest.Overwrite;
import io.nightshift.contract.event.RestoreRequest.Place;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.ServiceBackup;
import io.nightshift.scheduler.ask.RestoreOrder;
import io.nightshift.scheduler.request.RefusedRequestException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Where what was chosen is to go. Sent, it asks for the plan alone: nothing is touched before that was seen and confirmed. */
@Path("/jobs/{host}/{service}/{destination}/restore")
@Produces(Html.TYPE)
@Blocking
public class RestoreForm {
    private final Fleet fleet;
    private final Plans plans;

    RestoreForm(Fleet fleet, Plans plans) {
        this.fleet = fleet;
        this.plans = plans;
    }

    /** @param some whether paths were to be ticked: none is then no wish for everything */
    @GET
    @Operation(hidden = true)
    public Response form(
            @RestPath String host,
            @RestPath String service,
            @RestPath String destination,
            @RestQuery @DefaultValue("latest") String snapshot,
            @RestQuery List<String> path,
            @RestQuery @DefaultValue("false") boolean some) {
        var backup = backup(new Target(host, service, destination));
        if (some && path.isEmpty()) {
            throw new IllegalArgumentException("nothing was ticked: go back, and tick what is to come back");
        }
        return Html.of(Templates.restore(
                backup.target(), snapshot, path, !backup.stop().isEmpty(), hasZfs(backup.target())));
    }

    @POST
    @Operation(hidden = true)
    public Response plan(
            @RestPath String host,
            @RestPath String service,
            @RestPath String destination,
            @FormParam("snapshot") @DefaultValue("latest") String snapshot,
            @FormParam("path") List<String> paths,
            @FormParam("place") @DefaultValue("folder") String place,
            @FormParam("folder") @DefaultValue("") String folder,
            @FormParam("delete") @DefaultValue("false") boolean delete,
            @FormParam("without") @DefaultValue("false") boolean without) {
        var target = backup(new Target(host, service, destination)).target();
        var where = place(place);
        var state = plans.make(new RestoreOrder(
                target.host(),
                List.of(target.service()),
                Optional.of(target.destination()),
                Optional.of(snapshot),
                Optional.empty(),
                paths,
                Optional.of(where),
                where == Place.FOLDER ? Optional.of(folder.strip()).filter(path -> !path.isEmpty()) : Optional.empty(),
                delete && where == Place.IN_PLACE,
                true,
                Optional.<Overwrite>empty(),
                Optional.empty(),
                without && where == Place.IN_PLACE ? Optional.of(false) : Optional.empty(),
                false));
        return Response.seeOther(URI.create("/restores/" + state.target() + "/" + state.id()))
                .build();
    }

    private boolean hasZfs(Target target) {
        return Objects.requireNonNull(fleet.hosts().get(target.host())).hasZfs();
    }

    private static Place place(String word) {
        return switch (word) {
            case "folder" -> Place.FOLDER;
            case "in-place" -> Place.IN_PLACE;
            default -> throw new IllegalArgumentException("place is folder or in-place, not '" + word + "'");
        };
    }

    private ServiceBackup backup(Target target) {
        return fleet.backup(target)
                .orElseThrow(() -> new RefusedRequestException("the fleet file has no backup " + target));
    }
}
