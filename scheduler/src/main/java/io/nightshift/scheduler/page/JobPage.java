package io.nightshift.scheduler.page;

import io.nightshift.contract.Target;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.BackupRequest;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.scheduler.ask.Asking;
import io.nightshift.scheduler.request.RefusedRequestException;
import io.nightshift.scheduler.state.History;
import io.nightshift.scheduler.state.Overview;
import io.nightshift.scheduler.state.Run;
import io.nightshift.scheduler.state.Summary;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** A service at a destination. */
@Path("/jobs/{host}/{service}/{destination}")
@Produces(Html.TYPE)
public class JobPage {
    /** As many as a plot can show and a person wants to scroll. */
    private static final int STEP = 60;

    private final Fleet fleet;
    private final Overview overview;
    private final History history;
    private final Asking asking;

    JobPage(Fleet fleet, Overview overview, History history, Asking asking) {
        this.fleet = fleet;
        this.overview = overview;
        this.history = history;
        this.asking = asking;
    }

    @GET
    @Operation(hidden = true)
    public Response page(@RestPath String host, @RestPath String service, @RestPath String destination) {
        var job = job(host, service, destination);
        return Html.of(Templates.job(job, job.doing(), fleet.schedule().zone()));
    }

    @GET
    @Path("state")
    @Operation(hidden = true)
    public Response state(@RestPath String host, @RestPath String service, @RestPath String destination) {
        var job = job(host, service, destination);
        return Html.of(Templates.jobState(job, job.doing(), fleet.schedule().zone()));
    }

    @GET
    @Path("history")
    @Operation(hidden = true)
    public Response history(
            @RestPath String host,
            @RestPath String service,
            @RestPath String destination,
            @RestQuery @DefaultValue("60") int shown) {
        var job = job(host, service, destination);
        var states = history.states(job.target(), Work.BACKUP);
        var ends = states.stream().filter(JobStatus::isFinal).toList();
        var runs = ends.stream().limit(Math.max(STEP, shown)).map(Run::of).toList();
        var plots = List.of(
                Plot.of("Duration", oldestFirst(runs, Run::durationSeconds), Shown::duration),
                Plot.of("Size", oldestFirst(runs, run -> run.bytes().map(Long::doubleValue)), JobPage::bytes));
        return Html.of(Templates.history(
                job,
                plots,
                newest(states),
                runs,
                runs.size(),
                ends.size(),
                fleet.schedule().zone()));
    }

    /** How the newest job went on, attempt by attempt. */
    private static List<JobStatus> newest(List<JobStatus> newestFirst) {
        var course = newestFirst.stream()
                .takeWhile(status -> status.job().equals(newestFirst.get(0).job()))
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.reverse(course);
        return course;
    }

    private static String bytes(double value) {
        return Shown.bytes((long) value);
    }

    private static List<Double> oldestFirst(List<Run> runs, Function<Run, Optional<Double>> read) {
        var values = new ArrayList<>(
                runs.stream().map(read).flatMap(Optional::stream).toList());
        Collections.reverse(values);
        return values;
    }

    /** What the buttons of the page ask for. */
    @POST
    @Path("ask")
    @Operation(hidden = true)
    public Response ask(
            @RestPath String host,
            @RestPath String service,
            @RestPath String destination,
            @FormParam("what") @DefaultValue("") String what) {
        var asked = asking.request(host, service, destination, request(what));
        return Html.of(Templates.said(
                "Asked for: " + what + " of " + asked.jobs() + (asked.jobs() == 1 ? " backup" : " backups"), false));
    }

    private static BackupRequest request(String what) {
        return switch (what) {
            case "backup" -> new BackupRequest(Optional.empty(), Optional.empty());
            case "fresh backup" -> new BackupRequest(Optional.of(BackupRequest.Snapshot.FRESH), Optional.empty());
            case "check", "forget", "restore-test" -> new BackupRequest(Optional.empty(), Optional.of(Work.of(what)));
            default ->
                throw new IllegalArgumentException(
                        "not backup, fresh backup, check, forget or restore-test: '" + what + "'");
        };
    }

    private Summary job(String host, String service, String destination) {
        return overview.target(new Target(host, service, destination))
                .orElseThrow(() -> new RefusedRequestException(
                        "the fleet file has no backup " + host + "/" + service + "/" + destination));
    }
}
