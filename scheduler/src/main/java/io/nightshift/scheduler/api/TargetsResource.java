package io.nightshift.scheduler.api;

import io.nightshift.contract.Target;
import io.nightshift.contract.Work;
import io.nightshift.scheduler.request.RefusedRequestException;
import io.nightshift.scheduler.state.History;
import io.nightshift.scheduler.state.Overview;
import io.nightshift.scheduler.state.Run;
import io.nightshift.scheduler.state.Summary;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Each service and destination. */
@Path("/api/targets")
@Produces(MediaType.APPLICATION_JSON)
public class TargetsResource {
    private static final int MAX_PAGE = 1_000;

    private final Overview overview;
    private final History history;

    TargetsResource(Overview overview, History history) {
        this.overview = overview;
        this.history = history;
    }

    /** @param total how many fit, of which {@code items} are some */
    public record TargetPage(long total, List<Summary> items) {}

    /** @param total how many are kept, of which {@code items} are some, newest first */
    public record HistoryPage(long total, List<Run> items) {}

    @GET
    @Operation(summary = "Targets, the worst first")
    public TargetPage list(
            @RestQuery @DefaultValue("") String host,
            @RestQuery @DefaultValue("") String service,
            @RestQuery @DefaultValue("") String destination,
            @RestQuery @DefaultValue("") String health,
            @RestQuery @DefaultValue("0") int offset,
            @RestQuery @DefaultValue("100") int limit) {
        var fitting = overview.ranks().worstFirst().stream()
                .filter(each -> fits(host, each.target().host()))
                .filter(each -> fits(service, each.target().service()))
                .filter(each -> fits(destination, each.target().destination()))
                .filter(each -> fits(health, each.health().word()))
                .toList();
        var shown = page(fitting, offset, limit).stream()
                .flatMap(each -> overview.target(each.target()).stream())
                .toList();
        return new TargetPage(fitting.size(), shown);
    }

    @GET
    @Path("{host}/{service}/{destination}")
    @Operation(summary = "One target")
    public Summary one(@RestPath String host, @RestPath String service, @RestPath String destination) {
        return known(new Target(host, service, destination));
    }

    @GET
    @Path("{host}/{service}/{destination}/history")
    @Operation(summary = "How its jobs ended, newest first; work is backup, forget, check or restore-test")
    public HistoryPage history(
            @RestPath String host,
            @RestPath String service,
            @RestPath String destination,
            @RestQuery @DefaultValue("backup") String work,
            @RestQuery @DefaultValue("0") int offset,
            @RestQuery @DefaultValue("60") int limit) {
        var target = known(new Target(host, service, destination)).target();
        var ends = history.ends(target, Work.of(work));
        return new HistoryPage(
                ends.size(), page(ends, offset, limit).stream().map(Run::of).toList());
    }

    private Summary known(Target target) {
        return overview.target(target)
                .orElseThrow(() -> new RefusedRequestException(
                        "the fleet file has no backup " + target + "; GET /api/targets lists those it has"));
    }

    private static boolean fits(String asked, String value) {
        return asked.isEmpty() || asked.equals(value);
    }

    /** @throws IllegalArgumentException if the numbers make no sense */
    static <T> List<T> page(List<T> all, int offset, int limit) {
        if (offset < 0 || limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException(
                    "offset is 0 or more and limit 1 to " + MAX_PAGE + ", not " + offset + " and " + limit);
        }
        int from = Math.min(offset, all.size());
        return all.subList(from, Math.min(all.size(), from + limit));
    }
}
