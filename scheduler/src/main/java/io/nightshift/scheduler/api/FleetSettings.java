package io.nightshift.scheduler.api;

import io.nightshift.contract.Work;
import io.nightshift.contract.fleet.Destination;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.HookCommand;
import io.nightshift.contract.fleet.Host;
import io.nightshift.contract.fleet.ServiceBackup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The settings in force, one value a line. No file of secrets is read here, credentials in URLs are taken out, and of the
 * commands and further arguments only the programs are told: people put passwords there.
 */
public final class FleetSettings {
    private static final Pattern CREDENTIALS = Pattern.compile("//[^/@\\s]*@");

    private final List<Line> lines = new ArrayList<>();

    private FleetSettings() {}

    /** @param about the part of the fleet: {@code schedule}, {@code destination local}, a host, a target */
    public record Line(String about, String name, String value) {}

    public static List<Line> of(Fleet fleet) {
        var settings = new FleetSettings();
        settings.schedule(fleet);
        fleet.destinations().values().forEach(settings::destination);
        fleet.hosts().values().forEach(settings::host);
        fleet.backups().forEach(settings::backup);
        return List.copyOf(settings.lines);
    }

    private void schedule(Fleet fleet) {
        var schedule = fleet.schedule();
        add("schedule", "at", schedule.at());
        add("schedule", "window", schedule.windowStart() + " to " + schedule.windowEnd() + " after it");
        add("schedule", "zone", schedule.zone());
        add("snapshot", "name", fleet.snapshotName());
    }

    private void destination(Destination destination) {
        var about = "destination " + destination.name();
        add(about, "enabled", destination.enabled());
        add(about, "repository", withoutCredentials(destination.repository()));
        add(about, "password-file", destination.passwordFile());
        destination.envFile().ifPresent(file -> add(about, "env-file", file));
        destination.requireMount().ifPresent(folder -> add(about, "require-mount", folder));
        add(about, "concurrency", destination.concurrency());
    }

    private void host(Host host) {
        var about = "host " + host.name();
        add(about, "enabled", host.enabled());
        add(about, "purpose", host.warnsWhenOff() ? "production" : "development");
        add(about, "snapshot", host.kind().name().toLowerCase(Locale.ROOT));
        add(about, "datasets", String.join(", ", host.datasets()));
    }

    private void backup(ServiceBackup backup) {
        var about = backup.target().toString();
        add(about, "enabled", backup.enabled());
        add(about, "repository", withoutCredentials(backup.repository()));
        add(about, "paths", String.join(", ", backup.paths()));
        add(about, "exclude", String.join(", ", backup.excludes().patterns()));
        add(about, "tags", String.join(", ", backup.tags()));
        Work.UPKEEP.forEach(work -> add(about, work.word(), word(backup.upkeep().rhythm(work))));
        add(about, "timeout", backup.limits().timeout());
        add(about, "shrink-tolerance", backup.shrinkTolerance());
        add(about, "before", programs(backup.before()));
        add(about, "after", programs(backup.after()));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String programs(List<HookCommand> commands) {
        return String.join(
                ", ", commands.stream().map(each -> each.argv().get(0)).toList());
    }

    private static String withoutCredentials(String repository) {
        return CREDENTIALS.matcher(repository).replaceAll("//");
    }

    private void add(String about, String name, Object value) {
        var text = value.toString();
        if (!text.isEmpty()) {
            lines.add(new Line(about, name, text));
        }
    }
}
