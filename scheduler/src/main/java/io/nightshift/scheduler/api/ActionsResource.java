package io.nightshift.scheduler.api;

import io.nightshift.contract.Work;
import io.nightshift.contract.event.BackupRequest;
import io.nightshift.scheduler.ask.Asking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** What a person can ask for. {@code all} stands for every host, service or destination. */
@Path("/api/targets/{host}/{service}/{destination}")
@Produces(MediaType.APPLICATION_JSON)
public class ActionsResource {
    private static final int ACCEPTED = 202;

    private final Asking asking;

    ActionsResource(Asking asking) {
        this.asking = asking;
    }

    @POST
    @Path("backup")
    @ResponseStatus(ACCEPTED)
    @Operation(summary = "Back up now; fresh takes a ZFS snapshot first. 'all' may stand for each name")
    public Asking.Asked backUp(
            @RestPath String host,
            @RestPath String service,
            @RestPath String destination,
            @RestQuery @DefaultValue("false") boolean fresh) {
        var snapshot = fresh ? Optional.of(BackupRequest.Snapshot.FRESH) : Optional.<BackupRequest.Snapshot>empty();
        return asking.request(host, service, destination, new BackupRequest(snapshot, Optional.empty()));
    }

    @POST
    @Path("forget")
    @ResponseStatus(ACCEPTED)
    @Operation(summary = "Remove snapshots by the retention policy now, and prune")
    public Asking.Asked forget(@RestPath String host, @RestPath String service, @RestPath String destination) {
        return asking.request(host, service, destination, upkeep(Work.FORGET));
    }

    @POST
    @Path("check")
    @ResponseStatus(ACCEPTED)
    @Operation(summary = "Check the repository now")
    public Asking.Asked check(@RestPath String host, @RestPath String service, @RestPath String destination) {
        return asking.request(host, service, destination, upkeep(Work.CHECK));
    }

    @POST
    @Path("restore-test")
    @ResponseStatus(ACCEPTED)
    @Operation(summary = "Restore the newest snapshot to the worker's disk now, verify it, and remove it again")
    public Asking.Asked restoreTest(@RestPath String host, @RestPath String service, @RestPath String destination) {
        return asking.request(host, service, destination, upkeep(Work.RESTORE_TEST));
    }

    private static BackupRequest upkeep(Work work) {
        return new BackupRequest(Optional.empty(), Optional.of(work));
    }
}
