package io.nightshift.scheduler.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;

/** A bearer token for programs, the cookie of a session for browsers; nothing where the door is open. */
@Singleton
class TokenMechanism implements HttpAuthenticationMechanism {
    private static final String BEARER = "Bearer ";
    private static final int UNAUTHORIZED = 401;
    private static final int SEE_OTHER = 303;

    private final Door door;

    TokenMechanism(Door door) {
        this.door = door;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager providers) {
        if (door.isOpen() || hasSession(request)) {
            return Uni.createFrom().item(somebody());
        }
        var token = bearer(request);
        if (token.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        var address = request.request().remoteAddress().hostAddress();
        return door.show(token.get(), String.valueOf(address)) == Door.Answer.RIGHT
                ? Uni.createFrom().item(somebody())
                : Uni.createFrom().failure(new AuthenticationFailedException("the token is wrong"));
    }

    private boolean hasSession(RoutingContext request) {
        return Optional.ofNullable(request.request().getCookie(Door.COOKIE))
                .map(Cookie::getValue)
                .filter(door::knows)
                .isPresent();
    }

    private static Optional<String> bearer(RoutingContext request) {
        return Optional.ofNullable(request.request().getHeader("Authorization"))
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()));
    }

    private static SecurityIdentity somebody() {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal("operator"))
                .build();
    }

    /** A browser that opens a page is sent to the login; who asks for anything else is told what is missing. */
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return Uni.createFrom()
                .item(
                        opensPage(request)
                                ? new ChallengeData(SEE_OTHER, "Location", "/login")
                                : new ChallengeData(UNAUTHORIZED, "WWW-Authenticate", "Bearer realm=\"nightshift\""));
    }

    private static boolean opensPage(RoutingContext request) {
        var accept = String.valueOf(request.request().getHeader("Accept"));
        return accept.contains("text/html") && !request.request().path().startsWith("/api/");
    }
}
