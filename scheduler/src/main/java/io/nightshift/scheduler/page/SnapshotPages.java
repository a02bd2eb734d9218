package io.nightshift.scheduler.page;

import io.nightshift.contract.Target;
import io.nightshift.contract.event.QueryAnswer;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.scheduler.ask.Looking;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.time.ZoneId;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** What can be restored: the snapshots of a job, and the files in one. A worker is asked each time. */
@Path("/jobs/{host}/{service}/{destination}/snapshots")
@Produces(Html.TYPE)
@Blocking
public class SnapshotPages {
    /** As many as a person scrolls through, and a phone shows at once. */
    private static final int STEP = 200;

    private final Fleet fleet;
    private final Looking looking;

    SnapshotPages(Fleet fleet, Looking looking) {
        this.fleet = fleet;
        this.looking = looking;
    }

    @GET
    @Operation(hidden = true)
    public Response snapshots(
            @RestPath String host,
            @RestPath String service,
            @RestPath String destination,
            @RestQuery @DefaultValue("0") int offset) {
        var target = new Target(host, service, destination);
        var found = looking.snapshots(target, offset, STEP);
        var next = offset + found.items().size();
        return Html.of(Templates.snapshots(target, found.items(), found.total(), found.more() ? next : 0, zone()));
    }

    /** @param name what to look for below the path; empty: show the folder */
    @GET
    @Path("{snapshot}")
    @Operation(hidden = true)
    public Response files(
            @RestPath String host,
            @RestPath String service,
            @RestPath String destination,
            @RestPath String snapshot,
            @RestQuery @DefaultValue("/") String path,
            @RestQuery @DefaultValue("") String name,
            @RestQuery @DefaultValue("0") int offset) {
        var target = new Target(host, service, destination);
        return Html.of(Templates.files(target, listing(target, snapshot, path, name.strip(), offset), zone()));
    }

    private Listing listing(Target target, String snapshot, String path, String name, int offset) {
        if (name.isEmpty()) {
            QueryAnswer.Folder folder = looking.folder(target, snapshot, path, offset, STEP);
            return new Listing(
                    folder.snapshot(),
                    folder.snapshotTime(),
                    path,
                    name,
                    folder.items(),
                    folder.total(),
                    offset,
                    folder.more());
        }
        QueryAnswer.Found found = looking.find(target, snapshot, name, path, offset, STEP);
        return new Listing(
                found.snapshot(), found.snapshotTime(), path, name, found.items(), found.total(), offset, found.more());
    }

    private ZoneId zone() {
        return fleet.schedule().zone();
    }
}
