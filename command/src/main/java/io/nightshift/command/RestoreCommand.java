package io.nightshift.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nightshift.command.api.Api;
import io.nightshift.command.direct.DirectRestore;
import io.nightshift.contract.Names;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings data back. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Brings data back: into a folder, which harms nothing, or in place.",
            "The worker of the host does it, and everything is read back and compared. Ctrl-C cancels it; what came back stays."
        },
        footer = {
            "",
            "--to must be below a folder where workers may restore to (nightshift.restore.roots); without it a new one there.",
            "With --direct restic does it here, into --to; no worker is needed.",
            "",
            "Examples:",
            "  nightshift restore prowlarr --path /persist/prowlarr/config.xml",
            "  nightshift restore prowlarr --at 2026-04-17 --in-place --dry-run",
            "  nightshift restore prowlarr lidarr --in-place --yes",
            "  nightshift restore daedalus/all --all --in-place --yes",
            "  nightshift restore prowlarr --direct --to /tmp/back"
        })
final class RestoreCommand implements Callable<Integer> {
    private final Surroundings around;

    @Parameters(
            arity = "0..*",
            paramLabel = "[HOST/]SERVICE",
            converter = ServiceName.Converter.class,
            description = "Which ones, of one host; with --all, HOST/all.")
    private List<ServiceName> services = List.of();

    @Mixin
    private final RestoreOptions wanted = new RestoreOptions();

    @Option(names = "--all", description = "Every service of the host.")
    private boolean all;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask before something is overwritten in place.")
    private boolean yes;

    @Mixin
    private final Source source = new Source();

    @Mixin
    private final Form form = new Form();

    RestoreCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        var names = names();
        if (source.isDirect()) {
            return direct(names);
        }
        var api = source.api(around);
        var host = host(api, names);
        var wantedServices = names.stream().map(ServiceName::service).distinct().toList();
        confirm(host, String.join(" ", wantedServices));
        var order = wanted.order(host, wantedServices, around.zone());
        var asked = api.post("/api/restores", Optional.of(order));
        return new Restoring(api, around, asked.path("restores")).untilAllEnded(form.isJson());
    }

    private List<ServiceName> names() {
        if (services.isEmpty() && !all) {
            throw CommandException.usage("say which service, or --all; 'nightshift status' lists them");
        }
        var names = services.isEmpty() ? List.of(new ServiceName(Optional.empty(), Names.ALL)) : services;
        for (var name : names) {
            if (name.isAll() != all) {
                throw CommandException.usage(
                        all
                                ? "--all is every service, not " + name + "; leave one out"
                                : "'all' needs --all, to be sure");
            }
        }
        return names;
    }

    private static String host(Api api, List<ServiceName> names) {
        var hosts = new TreeSet<String>();
        names.forEach(name -> hosts.add(host(api, name)));
        if (hosts.size() != 1) {
            throw CommandException.usage("the services are on several hosts, " + String.join(", ", hosts)
                    + "; restore those of one, then those of the next");
        }
        return hosts.first();
    }

    private static String host(Api api, ServiceName name) {
        if (name.host().isPresent()) {
            return name.host().get();
        }
        if (!name.isAll()) {
            return Targets.of(api, name, Optional.empty()).get(0).path("host").asText();
        }
        var hosts = new TreeSet<String>();
        api.all("/api/targets").forEach(each -> hosts.add(each.path("host").asText()));
        if (hosts.size() != 1) {
            throw CommandException.usage("say of which host: " + String.join(", ", hosts) + "; as in HOST/all --all");
        }
        return hosts.first();
    }

    private void confirm(String host, String services) {
        if (!wanted.where.inPlace || wanted.dryRun || yes) {
            return;
        }
        var answer = around.question()
                .apply("This overwrites the files of " + services + " on " + host + " where they are"
                        + (wanted.delete ? ", and removes what the snapshot does not have" : "")
                        + ". --dry-run shows what would be done. Type " + services + " to go on: ");
        if (!answer.map(String::strip).equals(Optional.of(services))) {
            throw CommandException.usage(
                    "in place needs a yes, nothing was touched; give --yes where nobody can be asked");
        }
    }

    private int direct(List<ServiceName> names) throws InterruptedException {
        var name = names.get(0);
        if (names.size() > 1 || name.isAll() || wanted.where.folder.isEmpty() || wanted.delete) {
            throw CommandException.usage("--direct restores one service into a folder: give --to DIR, without --all,"
                    + " --in-place and --delete; docs/recovery.md has the other ways");
        }
        var repositories = source.repositories(around);
        var backups = repositories.backups(name.host(), name.service(), wanted.destination);
        var progress = new ProgressLine(around);
        var restore = new DirectRestore(
                wanted.at(around.zone()), wanted.when.snapshot, wanted.paths, wanted.where.folder.get(), wanted.dryRun);
        var result = restore.run(
                repositories.open(backups.get(0)),
                line -> progress.tell(backups.get(0).target().toString(), "restoring", Bar.of(line)));
        progress.end();
        if (form.isJson()) {
            Form.write(around, JsonNodeFactory.instance.arrayNode().add(result));
        } else if (wanted.dryRun) {
            around.out()
                    .println("would restore " + result.path("filesRestored").asLong() + " files, "
                            + Amounts.bytes(result.path("bytesRestored").asLong()) + ", from snapshot "
                            + result.path("snapshot").asText());
        }
        return Exits.DONE;
    }
}
