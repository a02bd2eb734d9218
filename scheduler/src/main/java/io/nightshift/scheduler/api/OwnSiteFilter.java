package io.nightshift.scheduler.api;

import io.nightshift.scheduler.SchedulerConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Asks {@link OwnSite} of every request to the API and the pages; and does not listen where anybody could ask. */
@Singleton
class OwnSiteFilter {
    // Filters are made while the application is built, when there are no settings yet.
    private final Provider<SchedulerConfig> config;

    OwnSiteFilter(Provider<SchedulerConfig> config) {
        this.config = config;
    }

    /** There is no password yet, so whoever reaches the port may ask for anything. */
    void refuseOpenPort(@Observes StartupEvent event, Config settings) {
        var host = settings.getOptionalValue("quarkus.http.host", String.class).orElse("0.0.0.0");
        if (!OwnSite.isLoopback(host)) {
            throw new IllegalStateException(
                    "quarkus.http.host is " + host + ", where others reach this service, which asks"
                            + " nobody for a password; listen on 127.0.0.1, behind a proxy that asks for one");
        }
    }

    @ServerRequestFilter(preMatching = true)
    Optional<Response> refuse(ContainerRequestContext request) {
        return new OwnSite(config.get().scheduler().hostNames().orElse(List.of()))
                .refusal(
                        request.getMethod(),
                        // HTTP/2 has no Host header: its authority is in the URI.
                        Optional.ofNullable(request.getHeaderString(HttpHeaders.HOST))
                                .or(() -> Optional.ofNullable(
                                        request.getUriInfo().getRequestUri().getRawAuthority())),
                        Optional.ofNullable(request.getHeaderString("Origin")),
                        Optional.ofNullable(request.getHeaderString("Sec-Fetch-Site")))
                .map(why -> Response.status(Response.Status.FORBIDDEN)
                        .type(Problem.MEDIA_TYPE)
                        .entity(Problem.of(403, "Refused", why))
                        .build());
    }
}
