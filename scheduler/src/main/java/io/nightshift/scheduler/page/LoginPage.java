package io.nightshift.scheduler.page;

import io.nightshift.scheduler.access.Door;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The one page that is there without the token. */
@Path("/")
@Produces(Html.TYPE)
public class LoginPage {
    private static final int TOO_MANY = 429;
    private static final int WRONG = 403;

    private final Door door;

    LoginPage(Door door) {
        this.door = door;
    }

    @GET
    @Path("login")
    @Operation(hidden = true)
    public Response form() {
        return door.isOpen() ? to("/").build() : Html.of(Templates.login(""));
    }

    @POST
    @Path("login")
    @Operation(hidden = true)
    public Response enter(@FormParam("token") @DefaultValue("") String token, @Context HttpServerRequest request) {
        var address = String.valueOf(request.remoteAddress().hostAddress());
        return switch (door.show(token, address)) {
            case RIGHT ->
                to("/").cookie(cookie(door.begin(), request)
                                .maxAge(Door.SESSION_SECONDS)
                                .build())
                        .build();
            case WRONG -> refused(WRONG, "That is not the token.");
            case HELD -> refused(TOO_MANY, "Too many wrong tokens came from this address; wait a minute.");
        };
    }

    @POST
    @Path("logout")
    @Operation(hidden = true)
    public Response leave(
            @CookieParam(Door.COOKIE) @DefaultValue("") String session, @Context HttpServerRequest request) {
        door.end(session);
        return to("/login").cookie(cookie("", request).maxAge(0).build()).build();
    }

    private static Response refused(int status, String why) {
        return Response.fromResponse(Html.of(Templates.login(why)))
                .status(status)
                .build();
    }

    private static Response.ResponseBuilder to(String path) {
        return Response.seeOther(URI.create(path));
    }

    /** No script reads it, no other site's page sends it, and with TLS it never goes without. */
    private static NewCookie.Builder cookie(String session, HttpServerRequest request) {
        return new NewCookie.Builder(Door.COOKIE)
                .value(session)
                .path("/")
                .httpOnly(true)
                .secure("https".equals(request.scheme()))
                .sameSite(NewCookie.SameSite.STRICT);
    }
}
