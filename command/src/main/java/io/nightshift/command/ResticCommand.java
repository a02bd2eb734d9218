package io.nightshift.command;

import io.nightshift.command.direct.Repositories;
import io.nightshift.process.AttachedProgram;
import io.nightshift.process.ProgramException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** restic itself, on the repository of a job. */
@Command(
        name = "restic",
        mixinStandardHelpOptions = true,
        description = "Runs restic with a job's repository, password and keys in place.",
        footer = {
            "",
            "Works with nothing of Nightshift running: it needs the fleet file and the files of secrets that it names.",
            "The exit code is restic's.",
            "",
            "Examples:",
            "  nightshift restic prowlarr local -- snapshots",
            "  nightshift restic daedalus/prowlarr remote -- stats --mode raw-data"
        })
final class ResticCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private final FleetOption fleet = new FleetOption();

    @Parameters(
            index = "0",
            paramLabel = "[HOST/]SERVICE",
            converter = ServiceName.Converter.class,
            description = "Which one.")
    private ServiceName service = new ServiceName(Optional.empty(), "");

    @Parameters(index = "1", paramLabel = "DESTINATION", description = "Where its repository is.")
    private String destination = "";

    @Parameters(index = "2..*", arity = "1..*", paramLabel = "ARGUMENT", description = "For restic, behind a --.")
    private List<String> arguments = List.of();

    ResticCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        var repositories = new Repositories(around, fleet.read(around));
        var backup = repositories
                .backups(service.host(), service.service(), Optional.of(destination))
                .get(0);
        try {
            return AttachedProgram.run(repositories.open(backup).restic().withArguments(arguments));
        } catch (ProgramException e) {
            throw CommandException.failed(String.valueOf(e.getMessage()));
        }
    }
}
