package io.nightshift.scheduler.api;

import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.plan.SwitchedOff;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The fleet file as it is in force. */
@Path("/api/settings")
@Produces(MediaType.APPLICATION_JSON)
public class SettingsResource {
    private final Fleet fleet;

    SettingsResource(Fleet fleet) {
        this.fleet = fleet;
    }

    /** Every value that is in force, by its key, and what is switched off where it matters. */
    public record Settings(String file, List<FleetSettings.Line> values, List<String> warnings) {}

    @GET
    @Operation(summary = "Every setting in force; of secrets, only where their files are")
    public Settings settings() {
        return new Settings(
                fleet.file().toString(),
                FleetSettings.of(fleet),
                SwitchedOff.of(fleet).stream().map(SwitchedOff::message).toList());
    }
}
