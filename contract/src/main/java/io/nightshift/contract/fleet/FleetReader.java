package io.nightshift.contract.fleet;

import static java.util.Map.entry;

import io.nightshift.contract.Names;
import io.nightshift.contract.Text;
import io.nightshift.contract.event.SnapshotSource.Access;
import io.nightshift.contract.event.SnapshotSource.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** From what is written to what it means: types, defaults, rules. Goes on after a problem, to find them all. */
final class FleetReader {
    private static final Pattern SNAPSHOT_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}");

    private final Path file;
    private final FleetConfig config;
    private final Map<String, FleetConfig.Host> hosts;
    private final Problems problems;
    private final Values values;

    /** @param hosts all that there are, whatever the configuration has of them */
    FleetReader(Path file, FleetConfig config, Map<String, FleetConfig.Host> hosts, Problems problems) {
        this.file = file;
        this.config = config;
        this.hosts = hosts;
        this.problems = problems;
        this.values = new Values(problems);
    }

    Fleet read() {
        var schedule = schedule(config.schedule());
        var destinations = named("destination", "backup.destinations", config.destinations(), this::destination);
        var hosts = named("host", "backup.hosts", this.hosts, (name, host) -> host(name, host, schedule, destinations));
        if (destinations.isEmpty()) {
            problems.add(
                    "backup.destinations",
                    "there is no destination",
                    "name at least one, with 'repository' and 'password-file'");
        }
        if (hosts.isEmpty()) {
            problems.add("backup.hosts", "there is no host", "name at least one, with 'datasets' and 'services'");
        }
        var fleet = new Fleet(file, enabled("backup", config), schedule, snapshotName(), destinations, hosts);
        Repositories.requireOneEach(fleet, problems);
        Queues.requireOneEach(fleet, problems);
        return fleet;
    }

    private Schedule schedule(FleetConfig.Schedule config) {
        if (config.zone().isEmpty()) {
            problems.add(
                    "backup.schedule.zone",
                    "the time zone is missing",
                    "write the one that 'at' is meant in, such as Australia/Sydney");
        }
        var zone = values.zone("backup.schedule.zone", config.zone().orElse("UTC"));
        var at = values.time("backup.schedule.at", config.at().orElse("02:00"), LocalTime.of(2, 0));
        var window = config.window()
                .orElseGet(() -> at.plusMinutes(5) + "-" + at.plusMinutes(125))
                .split("-", -1);
        if (window.length != 2) {
            problems.add(
                    "backup.schedule.window",
                    "'" + Text.shown(config.window().orElse(""), 40) + "' is no window",
                    "write \"02:05-04:05\"");
            return new Schedule(at, Duration.ZERO, Duration.ofHours(2), zone);
        }
        var start = after(at, values.time("backup.schedule.window", window[0].strip(), at));
        var end = after(at, values.time("backup.schedule.window", window[1].strip(), at.plusHours(2)));
        // A window is near its slot, so one that seems to begin more than half a day later begins before it.
        if (start.compareTo(Duration.ofHours(12)) > 0) {
            problems.add(
                    "backup.schedule.window",
                    "begins at " + window[0].strip() + ", before the ZFS snapshot at " + at,
                    "let it begin at " + at + " or later");
        } else if (end.compareTo(start) <= 0) {
            problems.add("backup.schedule.window", "ends before it begins, or with it", "write \"02:05-04:05\"");
        }
        return new Schedule(at, start, end, zone);
    }

    /** From one time of day to the next time that it is the other: less than a day. */
    private static Duration after(LocalTime from, LocalTime to) {
        var duration = Duration.between(from, to);
        return duration.isNegative() ? duration.plusDays(1) : duration;
    }

    private String snapshotName() {
        var name = config.snapshot().name().orElse("restic_nightly_snap");
        if (!SNAPSHOT_NAME.matcher(name).matches()) {
            problems.add(
                    "backup.snapshot.name",
                    "'" + Text.shown(name, 120) + "' is no name for a ZFS snapshot",
                    "use letters, digits, '_', '.', ':' and '-', at most 100");
        }
        return name;
    }

    private Destination destination(String name, FleetConfig.Destination config) {
        var key = "backup.destinations." + name;
        if (config.repository().isEmpty()) {
            problems.add(
                    key,
                    "'repository' is missing",
                    "write restic's, with {host} and {service} in it: /mnt/nas/{host}/{service}");
        }
        if (config.passwordFile().isEmpty()) {
            problems.add(
                    key,
                    "'password-file' is missing",
                    "name the file on the worker's machine that holds the password of the repositories");
        }
        return new Destination(
                name,
                enabled(key, config),
                config.repository().orElse("{host}/{service}"),
                path(key + ".password-file", config.passwordFile()).orElse(Path.of("/")),
                path(key + ".env-file", config.envFile()),
                path(key + ".require-mount", config.requireMount()),
                config.concurrency()
                        .map(n -> values.number(new Setting<>(key + ".concurrency", n), 1, 1000))
                        .orElse(1));
    }

    private Host host(
            String name, FleetConfig.Host config, Schedule schedule, SortedMap<String, Destination> destinations) {
        var key = "backup.hosts." + name;
        var kind = values.choice(
                said(key + ".snapshot", config.snapshot()),
                Map.ofEntries(entry("zfs", Kind.ZFS), entry("copy", Kind.COPY)),
                Kind.ZFS);
        var access = values.choice(
                said(key + ".access", config.access()),
                Map.of("view", Access.VIEW, "dot-zfs", Access.DOT_ZFS),
                Access.VIEW);
        var production = values.choice(
                said(key + ".purpose", config.purpose()), Map.of("production", true, "development", false), true);
        var datasets = datasets(key + ".datasets", config.datasets().orElse(List.of()));
        if (kind == Kind.ZFS && config.datasets().isEmpty()) {
            problems.add(
                    key,
                    "'datasets' is missing",
                    "name the ZFS datasets to snapshot, or write 'snapshot: copy' where there is no ZFS");
        } else if (kind == Kind.COPY && (!datasets.isEmpty() || access == Access.DOT_ZFS)) {
            problems.add(
                    key,
                    "'snapshot: copy' has neither 'datasets' nor 'access: dot-zfs'",
                    "leave them out, or 'snapshot: copy'");
        }
        if (config.services().isEmpty()) {
            problems.add(key, "there is no service", "name at least one, with its 'paths'");
        }
        var reader = new ServiceReader(
                name, config, this.config, schedule, this.config.destinations(), destinations, problems);
        var services = named("service", key + ".services", config.services(), reader::service);
        var coverage = new CoverageReader(problems).read(key, config, kind, services);
        return new Host(name, enabled(key, config), production, kind, access, datasets, coverage, services);
    }

    private List<String> datasets(String key, List<String> datasets) {
        Setting.list(new Setting<>(key, datasets)).forEach(values::dataset);
        return List.copyOf(datasets);
    }

    private boolean enabled(String key, FleetSettings settings) {
        return values.yesOrNo(said(key + ".enabled", settings.enabled()), true);
    }

    private Optional<Path> path(String key, Optional<String> text) {
        return said(key, text).map(values::path);
    }

    private static Optional<Setting<String>> said(String key, Optional<String> value) {
        return value.map(v -> new Setting<>(key, v));
    }

    /** Reads each entry of a map whose keys are names; one with a bad name is noted and left out. */
    private <C, T> SortedMap<String, T> named(
            String what, String key, Map<String, C> entries, BiFunction<String, C, T> read) {
        var result = new TreeMap<String, T>();
        entries.forEach((name, entry) -> {
            if (Names.isLegal(name)) {
                result.put(name, read.apply(name, entry));
            } else {
                problems.add(
                        key + "." + name, "not a name of a " + what + ": '" + Text.shown(name, 80) + "'", Names.RULE);
            }
        });
        return result;
    }
}
