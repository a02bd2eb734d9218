package io.nightshift.command;

import io.nightshift.command.api.Api;
import io.nightshift.contract.fleet.FleetFile;
import io.nightshift.contract.plan.Outlook;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Loads the classes that most commands need, for the archive that the build makes of them. */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
    private static final URI NOBODY = URI.create("http://127.0.0.1:1");

    private final Surroundings around;

    @Parameters(description = "A fleet file.")
    private Path fleet = Path.of("");

    WarmUpCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        Outlook.of(FleetFile.read(fleet, Map.of()), around.clock().instant());
        try {
            new Api(NOBODY, Optional.empty()).get("/");
        } catch (CommandException e) {
            Api.text(Api.parse("{}"));
        }
        return Exits.DONE;
    }
}
