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
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Asks {@link OwnSite} of every request to the API and the pages; and does not listen where anybody could ask. */
@Singleton
class OwnSiteFilter {
    private static final Logger LOG = Logger.getLogger(OwnSiteFilter.class);

    // Filters are made while the application is built, when there are no settings yet.
    private final Provider<SchedulerConfig> config;

    OwnSiteFilter(Provider<SchedulerConfig> config) {
        this.config = config;
    }

    /** Without a token whoever reaches the port may ask for anything; with one but without TLS it can be overheard. */
    void refuseOpenPort(@Observes StartupEvent event, Config settings) {
        var host = settings.getOptionalValue("quarkus.http.host", String.class).orElse("0.0.0.0");
        if (OwnSite.isLoopback(host)) {
            return;
        }
        if (config.get().scheduler().tokenFile().isEmpty()) {
            throw new IllegalStateException("quarkus.http.host is " + host + ", where others reach this service, which"
                    + " asks nobody for a token; set nightshift.scheduler.token-file, or listen on 127.0.0.1");
        }
        if (!"disabled"
                .equals(settings.getOptionalValue("quarkus.http.insecure-requests", String.class)
                        .orElse(""))) {
            LOG.warnf("listening on %s without TLS: the token can be overheard; see scheduler/README.md", host);
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
