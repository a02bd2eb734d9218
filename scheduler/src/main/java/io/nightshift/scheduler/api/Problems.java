package io.nightshift.scheduler.api;

import io.nightshift.contract.MalformedMessageException;
import io.nightshift.contract.Text;
import io.nightshift.nats.NatsException;
import io.nightshift.scheduler.ask.AnswerFailedException;
import io.nightshift.scheduler.ask.NobodyAnswersException;
import io.nightshift.scheduler.request.RefusedRequestException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Every error of the API becomes a problem document. */
class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);
    private static final int SHOWN = 500;

    @ServerExceptionMapper
    Response refused(RefusedRequestException e) {
        return answer(404, "No such backup", e.getMessage());
    }

    @ServerExceptionMapper
    Response unanswered(NobodyAnswersException e) {
        return answer(503, "No worker answers", e.getMessage());
    }

    @ServerExceptionMapper
    Response failed(AnswerFailedException e) {
        int status = switch (e.reason()) {
            case SNAPSHOT_UNKNOWN, PATH_MISSING -> 404;
            case TIMED_OUT -> 504;
            default -> 502;
        };
        return answer(status, "The worker cannot tell", e.getMessage());
    }

    @ServerExceptionMapper
    Response malformed(MalformedMessageException e) {
        return answer(400, "Not understood", e.getMessage());
    }

    @ServerExceptionMapper
    Response malformed(IllegalArgumentException e) {
        return answer(400, "Not understood", e.getMessage());
    }

    @ServerExceptionMapper
    Response away(NatsException e) {
        return answer(503, "NATS cannot be reached", e.getMessage() + "; see whether nats-server runs, then try again");
    }

    @ServerExceptionMapper
    Response nothingThere(NotFoundException e, UriInfo uri) {
        return answer(404, "Nothing is here", "there is no page and no part of the API at " + uri.getPath());
    }

    /** Of the framework itself: wrong method, a body that is no JSON. */
    @ServerExceptionMapper
    Response web(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        var reason = Response.Status.fromStatusCode(status);
        var title = reason == null ? "HTTP " + status : reason.getReasonPhrase();
        return status < 400 ? e.getResponse() : answer(status, title, e.getMessage());
    }

    @ServerExceptionMapper
    Response bug(RuntimeException e) {
        LOG.error("a request was not answered", e);
        return answer(500, "Not answered", "this is a bug; the scheduler's log says more");
    }

    private static Response answer(int status, String title, @Nullable String detail) {
        var problem = Problem.of(status, title, Text.shown(String.valueOf(detail), SHOWN));
        return Response.status(status).type(Problem.MEDIA_TYPE).entity(problem).build();
    }
}
