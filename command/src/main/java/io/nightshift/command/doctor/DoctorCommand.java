package io.nightshift.command.doctor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nightshift.command.Exits;
import io.nightshift.command.FleetOption;
import io.nightshift.command.Surroundings;
import io.nightshift.command.api.Access;
import io.nightshift.command.api.Api;
import io.nightshift.command.direct.Repositories;
import io.nightshift.contract.fleet.Destination;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.InvalidFleetException;
import io.nightshift.contract.fleet.ServiceBackup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks at everything that a new installation gets wrong. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Looks at everything that an installation can have wrong, and says how to mend it. Changes nothing.",
        footer = {
            "",
            "Run it as the user of the services, with their settings (NATS_*, NIGHTSHIFT_*) in the environment.",
            "Exit code 0: nothing is bad; 1: something is.",
            "",
            "Examples:",
            "  nightshift doctor --fleet backups.yaml",
            "  nightshift doctor --quick            leaves the repositories out, which takes a second each"
        })
public final class DoctorCommand implements Callable<Integer> {
    private final Surroundings around;
    private final List<Finding> all = new ArrayList<>();

    @Mixin
    private final Access access = new Access();

    @Mixin
    private final FleetOption fleetOption = new FleetOption();

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "Which host of the fleet this machine is; else the one of its name, or the only one.")
    private Optional<String> host = Optional.empty();

    @Option(names = "--quick", description = "Open no repository.")
    private boolean quick;

    @Option(names = "--json", description = "Write the findings as JSON, at the end.")
    private boolean json;

    public DoctorCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        var fleet = fleet();
        for (var check : checks(fleet)) {
            check.look().forEach(this::note);
        }
        if (json) {
            write();
        }
        return all.stream().anyMatch(each -> each.level() == Finding.Level.BAD) ? Exits.NOT_DONE : Exits.DONE;
    }

    private Optional<Fleet> fleet() {
        if (fleetOption.file(around).isEmpty()) {
            note(Finding.warn(
                    "fleet file",
                    "none is named, so what it says was not looked at",
                    "give --fleet FILE, or set NIGHTSHIFT_FLEET"));
            return Optional.empty();
        }
        try {
            return Optional.of(fleetOption.read(around));
        } catch (InvalidFleetException e) {
            e.problems().forEach(problem -> note(Finding.bad("fleet file", problem.toString(), "")));
            return Optional.empty();
        }
    }

    private List<Check> checks(Optional<Fleet> fleet) {
        var checks = new ArrayList<Check>();
        var api = access.api(around);
        var backups = fleet.map(found -> backupsHere(found)).orElse(List.of());
        var workers = new Workers(api, backups);
        checks.add(new SchedulerCheck(around, api));
        checks.add(new NatsCheck(around));
        checks.add(new ResticCheck(around, workers));
        fleet.ifPresent(found -> ofFleet(found, backups, workers, checks));
        checks.add(new PushoverCheck(new Pushover(around)));
        return checks;
    }

    private List<ServiceBackup> backupsHere(Fleet fleet) {
        var name = name(fleet);
        return fleet.backups()
                .filter(backup -> backup.enabled() && backup.target().host().equals(name))
                .toList();
    }

    private String name(Fleet fleet) {
        return host.orElseGet(() -> hostOf(fleet));
    }

    private void ofFleet(Fleet fleet, List<ServiceBackup> backups, Workers workers, List<Check> checks) {
        var name = name(fleet);
        checks.add(new FleetCheck(fleet, name));
        checks.add(new ClockCheck(around, fleet));
        Optional.ofNullable(fleet.hosts().get(name)).ifPresent(found -> checks.add(new ZfsCheck(around, found)));
        fleet.destinations().values().forEach(each -> checks.add(new DestinationCheck(each, workers)));
        if (!quick) {
            var repositories = new Repositories(around, fleet);
            backups.stream()
                    .filter(backup -> !workers.haveSecretsOf(destinationOf(fleet, backup)))
                    .forEach(backup -> checks.add(new RepositoryCheck(repositories, backup)));
        }
    }

    private static Destination destinationOf(Fleet fleet, ServiceBackup backup) {
        return Objects.requireNonNull(fleet.destinations().get(backup.target().destination()));
    }

    private static String hostOf(Fleet fleet) {
        return fleet.hosts().size() == 1 ? fleet.hosts().firstKey() : ownName();
    }

    private static String ownName() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceFirst("\\..*", "");
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    /** Told at once: some looks take long. */
    private void note(Finding finding) {
        all.add(finding);
        if (!json) {
            around.out().println(finding);
        }
    }

    private void write() {
        var findings = JsonNodeFactory.instance.arrayNode();
        all.forEach(each -> findings.addObject()
                .put("level", each.level().name().toLowerCase(Locale.ROOT))
                .put("about", each.about())
                .put("words", each.words())
                .put("mend", each.mend()));
        around.out().println(Api.text(findings));
    }
}
