package io.nightshift.scheduler.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The document of the repository as it is. Made anew by the library at each start, it was a sixth of the time until ready. */
@Path("/api/openapi")
@Produces("application/yaml;charset=UTF-8")
public class OpenApiResource {
    @GET
    @Operation(hidden = true)
    public String document() {
        try (var document = OpenApiResource.class.getResourceAsStream("nightshift.yaml")) {
            if (document == null) {
                throw new IllegalStateException("nightshift.yaml is not in the jar");
            }
            return new String(document.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
