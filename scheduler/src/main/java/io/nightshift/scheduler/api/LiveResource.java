package io.nightshift.scheduler.api;

import io.nightshift.contract.event.Progress;
import io.nightshift.contract.event.RestoreProgress;
import io.nightshift.scheduler.state.Board;
import io.nightshift.scheduler.state.Entry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * What happens, as it happens. The id of an event has the life of this process in it, so that a browser that comes back
 * after a restart is not told the wrong things.
 */
@Path("/api/live")
@ApplicationScoped
public class LiveResource {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** More than a client that lags by a minute could need; beyond it the oldest are dropped, and it reads anew. */
    private static final int BUFFER = 256;

    private final Board board;
    private final String life = UUID.randomUUID().toString().substring(0, 8);
    private final BroadcastProcessor<Entry> entries = BroadcastProcessor.create();
    private final BroadcastProcessor<Progress> progress = BroadcastProcessor.create();
    private final BroadcastProcessor<RestoreProgress> restoring = BroadcastProcessor.create();

    LiveResource(Board board) {
        this.board = board;
        board.onEntry(entries::onNext);
        board.onProgress(progress::onNext);
        board.onRestoring(restoring::onNext);
    }

    /** That this process lives, each quarter of a minute. */
    public record Heartbeat(Instant at) {}

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Server-sent events: state, alert, snapshot, rejected, restore (as in /api/events), progress,"
                    + " restoring, heartbeat;"
                    + " Last-Event-ID resumes after a drop")
    public Multi<OutboundSseEvent> live(@HeaderParam("Last-Event-ID") @Nullable String lastId, @Context Sse sse) {
        var beats = Multi.createFrom()
                .ticks()
                .every(HEARTBEAT)
                .onOverflow()
                .drop()
                .map(tick -> event(sse, "heartbeat", "", new Heartbeat(Instant.now())));
        var news = entries.onOverflow().buffer(BUFFER).map(entry -> event(sse, entry));
        var moves = progress.onOverflow().drop().map(each -> event(sse, "progress", "", each));
        var restores = restoring.onOverflow().drop().map(each -> event(sse, "restoring", "", each));
        var missed = Multi.createFrom().iterable(missedSince(lastId)).map(entry -> event(sse, entry));
        return Multi.createBy().merging().streams(missed, news, moves, restores, beats);
    }

    private OutboundSseEvent event(Sse sse, Entry entry) {
        return event(sse, entry.kind().word(), life + "-" + entry.id(), entry);
    }

    private static OutboundSseEvent event(Sse sse, String name, String id, Object data) {
        var event = sse.newEventBuilder()
                .name(name)
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(data);
        return id.isEmpty() ? event.build() : event.id(id).build();
    }

    /** Oldest first; of another life, everything that is still known. */
    private List<Entry> missedSince(@Nullable String lastId) {
        if (lastId == null) {
            return List.of();
        }
        var known = new ArrayList<>(board.entries());
        Collections.reverse(known);
        if (lastId.matches(life + "-[0-9]{1,18}")) {
            long last = Long.parseLong(lastId.substring(life.length() + 1));
            known.removeIf(entry -> entry.id() <= last);
        }
        return known;
    }
}
