package io.nightshift.command;

import io.nightshift.command.api.Access;
import io.nightshift.command.api.Api;
import io.nightshift.contract.Names;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Back up, or look after a repository, now. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description =
                "Backs up now, from the night's ZFS snapshot, or does other work. Says nothing when it was asked for.",
        footer = {
            "",
            "What is named in full runs although it is switched off; 'all' leaves that out.",
            "Ctrl-C ends the waiting, not the backup.",
            "",
            "Examples:",
            "  nightshift run prowlarr                   to each destination",
            "  nightshift run daedalus/prowlarr local --fresh --wait",
            "  nightshift run prowlarr remote --work restore-test --wait",
            "  nightshift run all"
        })
final class RunCommand implements Callable<Integer> {
    private final Surroundings around;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final Access access = new Access();

    @Mixin
    private final Form form = new Form();

    @Parameters(
            index = "0",
            paramLabel = "[HOST/]SERVICE",
            converter = ServiceName.Converter.class,
            description = "Which one, or all.")
    private ServiceName service = new ServiceName(Optional.empty(), Names.ALL);

    @Parameters(index = "1", arity = "0..1", paramLabel = "DESTINATION", description = "Where to; without it, to each.")
    private String destination = Names.ALL;

    @Option(names = "--fresh", description = "Take a ZFS snapshot first, of how things are now.")
    private boolean fresh;

    @Mixin
    private final WorkOption of = new WorkOption();

    @Option(names = "--wait", description = "Wait for the end: exit code 0 only if every one succeeded.")
    private boolean wait;

    RunCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (fresh && !of.isBackup()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--fresh is for backups, not for " + of.work().word());
        }
        var api = access.api(around);
        var targets = service.isAll() ? AllTargets.of(api, service, destination) : Targets.of(api, service, wanted());
        var waiting = wait ? Waiting.from(api, around, of.work(), targets) : Waiting.forNobody(api, around, of.work());
        var host = service.isAll()
                ? service.host().orElse(Names.ALL)
                : targets.get(0).path("host").asText();
        var path = "/api/targets/" + host + "/" + service.service() + "/" + Api.encode(destination) + "/"
                + of.work().word();
        var asked = api.post(path + (fresh ? "?fresh=true" : ""), Optional.empty());
        if (form.isJson() && !wait) {
            Form.write(around, asked);
        }
        return wait ? waiting.untilAllEnded(form.isJson()) : Exits.DONE;
    }

    private Optional<String> wanted() {
        return Optional.of(destination).filter(name -> !name.equals(Names.ALL));
    }
}
