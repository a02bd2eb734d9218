package io.nightshift.scheduler.api;

import io.nightshift.contract.Target;
import io.nightshift.contract.event.QueryAnswer;
import io.nightshift.contract.event.StoredFile;
import io.nightshift.contract.event.StoredSnapshot;
import io.nightshift.scheduler.ask.Looking;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** What can be restored: asked of a worker each time, which takes about a second, and longer of a slow destination. */
@Path("/api/targets/{host}/{service}/{destination}/snapshots")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class SnapshotsResource {
    private final Looking looking;

    SnapshotsResource(Looking looking) {
        this.looking = looking;
    }

    /** @param total how many there are, of which {@code items} are some; with {@code more}, others follow */
    public record SnapshotPage(int total, List<StoredSnapshot> items, boolean more) {}

    /** @param snapshot the id in full, also where latest was asked for */
    public record FilePage(String snapshot, Instant snapshotTime, int total, List<StoredFile> items, boolean more) {}

    @GET
    @Operation(summary = "The snapshots of a target, newest first")
    public SnapshotPage snapshots(
            @RestPath String host,
            @RestPath String service,
            @RestPath String destination,
            @RestQuery @DefaultValue("0") int offset,
            @RestQuery @DefaultValue("200") int limit) {
        var answer = looking.snapshots(new Target(host, service, destination), offset, limit);
        return new SnapshotPage(answer.total(), answer.items(), answer.more());
    }

    @GET
    @Path("{snapshot}/files")
    @Operation(
            summary = "What is in one folder of a snapshot, by name; snapshot is an id or latest, path as on the host")
    public FilePage files(
            @RestPath String host,
            @RestPath String service,
            @RestPath String destination,
            @RestPath String snapshot,
            @RestQuery @DefaultValue("/") String path,
            @RestQuery @DefaultValue("0") int offset,
            @RestQuery @DefaultValue("200") int limit) {
        var answer = looking.folder(new Target(host, service, destination), snapshot, path, offset, limit);
        return new FilePage(answer.snapshot(), answer.snapshotTime(), answer.total(), answer.items(), answer.more());
    }

    @GET
    @Path("{snapshot}/find")
    @Operation(summary = "Files and folders below path whose name has this in it, upper and lower case the same")
    public FilePage find(
            @RestPath String host,
            @RestPath String service,
            @RestPath String destination,
            @RestPath String snapshot,
            @RestQuery @DefaultValue("") String name,
            @RestQuery @DefaultValue("/") String path,
            @RestQuery @DefaultValue("0") int offset,
            @RestQuery @DefaultValue("200") int limit) {
        QueryAnswer.Found answer =
                looking.find(new Target(host, service, destination), snapshot, name, path, offset, limit);
        return new FilePage(answer.snapshot(), answer.snapshotTime(), answer.total(), answer.items(), answer.more());
    }
}
