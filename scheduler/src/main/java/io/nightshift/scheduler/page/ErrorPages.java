package io.nightshift.scheduler.page;

import io.nightshift.scheduler.api.Problem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** What went wrong, as a page where a person with a browser asked; a program gets the problem document. */
class ErrorPages {
    @ServerResponseFilter
    void show(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(response.getEntity() instanceof Problem problem) || !isForAPerson(request)) {
            return;
        }
        var page = Templates.error(problem.status(), problem.title(), problem.detail());
        response.setEntity(page.render(), null, MediaType.valueOf(Html.TYPE));
        Html.HEADERS.forEach((name, value) -> response.getHeaders().putSingle(name, value));
    }

    /** A browser names HTML where it opens a page; htmx, which puts answers into one, does not. */
    private static boolean isForAPerson(ContainerRequestContext request) {
        return request.getAcceptableMediaTypes().stream()
                        .anyMatch(type -> type.isCompatible(MediaType.TEXT_HTML_TYPE) && !type.isWildcardType())
                && request.getHeaderString("HX-Request") == null;
    }
}
