package io.nightshift.command;

import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.FleetFile;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The fleet file of this machine. */
public final class FleetOption {
    @Option(names = "--fleet", paramLabel = "FILE", description = "The fleet file; else NIGHTSHIFT_FLEET.")
    private Optional<Path> fleet = Optional.empty();

    public FleetOption() {}

    boolean isGiven() {
        return fleet.isPresent();
    }

    /** The one that is named; empty: none is. */
    public Optional<Path> file(Surroundings around) {
        return fleet.or(() -> around.variable("NIGHTSHIFT_FLEET").map(Path::of));
    }

    /** @throws io.nightshift.contract.fleet.InvalidFleetException if it cannot be used */
    public Fleet read(Surroundings around) {
        var file = file(around)
                .orElseThrow(() ->
                        CommandException.usage("no fleet file is named; give --fleet FILE, or set NIGHTSHIFT_FLEET"));
        return FleetFile.read(file, around.environment());
    }
}
