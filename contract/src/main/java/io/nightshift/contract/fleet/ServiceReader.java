package io.nightshift.contract.fleet;

import io.nightshift.contract.Target;
import io.nightshift.contract.Text;
import io.nightshift.contract.event.Excludes;
import io.nightshift.contract.event.Limits;
import io.nightshift.contract.event.Retention;
import io.nightshift.contract.fleet.Setting.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the services of one host, each for each destination, over all levels of settings. */
final class ServiceReader {
    private static final Duration STANDARD_TIMEOUT = Duration.ofHours(12);
    private static final Duration OVERDUE_MARGIN = Duration.ofHours(4);
    private static final Duration STANDARD_COMMAND_TIMEOUT = Duration.ofMinutes(10);
    /** A backup that lost more than a tenth of its files or bytes deserves a look. */
    private static final double STANDARD_TOLERANCE = 0.1;

    private static final long STANDARD_RESTORE_TEST_BYTES = 1L << 30;

    /** What Nightshift itself says to restic, or what would break its promises: the cache shows which repository was used. */
    private static final Pattern RESERVED_OPTION = Pattern.compile(
            "(-r|--repo|--repository-file|-p|--password-file|--password-command|--insecure-no-password|--json|-q|--quiet"
                    + "|-H|--host|--hostname|--time|-g|--group-by|--parent|-n|--dry-run|--no-lock|--no-cache|--cache-dir|--stdin.*|--tag"
                    + "|-f|--force|--files-from.*|-h|--help|-e|--exclude|--exclude-file|--exclude-if-present)(=.*)?");

    private static final Pattern SUBSET = Pattern.compile("\\d{1,5}/\\d{1,5}|\\d{1,3}(\\.\\d{1,6})?%|\\d{1,9}[KMGT]?");
    private static final Pattern WITHIN = Pattern.compile("(\\d{1,6}[ymdh]){1,4}");
    private static final Pattern RESERVED_TAG = Pattern.compile("(service|destination|night|job):.*");
    private static final Map<String, Upkeep.Rhythm> RHYTHMS = Map.of(
            "never", Upkeep.Rhythm.NEVER,
            "nightly", Upkeep.Rhythm.NIGHTLY,
            "weekly", Upkeep.Rhythm.WEEKLY,
            "monthly", Upkeep.Rhythm.MONTHLY);

    private final String host;
    private final FleetConfig.Host hostConfig;
    private final FleetConfig general;
    private final Schedule schedule;
    private final Map<String, FleetConfig.Destination> destinationConfigs;
    private final SortedMap<String, Destination> destinations;
    private final Problems problems;
    private final Values values;

    ServiceReader(
            String host,
            FleetConfig.Host hostConfig,
            FleetConfig general,
            Schedule schedule,
            Map<String, FleetConfig.Destination> destinationConfigs,
            SortedMap<String, Destination> destinations,
            Problems problems) {
        this.host = host;
        this.hostConfig = hostConfig;
        this.general = general;
        this.schedule = schedule;
        this.destinationConfigs = destinationConfigs;
        this.destinations = destinations;
        this.problems = problems;
        this.values = new Values(problems);
    }

    Service service(String name, FleetConfig.Service config) {
        var key = "backup.hosts." + host + ".services." + name;
        var paths = paths(key, config);
        for (var destination : config.destinations().keySet()) {
            if (!destinations.containsKey(destination)) {
                problems.add(
                        key + ".destinations." + destination,
                        "there is no destination '" + Text.shown(destination, 80) + "'",
                        "name one of: " + String.join(", ", destinations.keySet()));
            }
        }
        var backups = new TreeMap<String, ServiceBackup>();
        destinations.forEach((destination, d) -> backups.put(destination, backup(key, name, config, paths, d)));
        var own = config.enabled().map(v -> new Setting<>(key + ".enabled", v));
        return new Service(name, values.yesOrNo(own, true), paths, backups);
    }

    private List<String> paths(String key, FleetConfig.Service config) {
        var paths = Setting.list(new Setting<>(key + ".paths", config.paths().orElse(List.of())));
        if (paths.isEmpty()) {
            problems.add(key, "'paths' is missing", "name the folders or files to back up, as /persist/containers/app");
        }
        for (var path : paths) {
            if (values.path(path).equals(Path.of("/")) && path.value().equals("/")) {
                values.wrong(path, "is everything", "name the folders of the service");
            }
        }
        return paths.stream().map(Setting::value).distinct().toList();
    }

    private ServiceBackup backup(
            String key, String name, FleetConfig.Service config, List<String> paths, Destination destination) {
        var override = Optional.ofNullable(config.destinations().get(destination.name()));
        var overrideKey = key + ".destinations." + destination.name();
        var levels = new ArrayList<>(List.of(
                new Level("backup", general),
                new Level("backup.hosts." + host, hostConfig),
                new Level("backup.destinations." + destination.name(), settingsOf(destination)),
                new Level(key, config)));
        override.ifPresent(o -> levels.add(new Level(overrideKey, o)));
        var template = override.flatMap(FleetConfig.Override::repository).orElse(destination.repository());
        return new ServiceBackup(
                new Target(host, name, destination.name()),
                enabled(levels),
                Repositories.expand(template, host, name),
                paths,
                excludes(levels),
                Setting.items(levels, "exclude-file", FleetSettings::excludeFile).stream()
                        .map(values::path)
                        .toList(),
                tags(levels),
                retention(levels),
                upkeep(levels),
                overdueAfter(levels),
                limits(levels, destination),
                values.yesOrNo(Setting.mostSpecial(levels, "allow-empty", FleetSettings::allowEmpty), false),
                Setting.mostSpecial(levels, "shrink-tolerance", FleetSettings::shrinkTolerance)
                        .map(values::fraction)
                        .orElse(STANDARD_TOLERANCE),
                resticOptions(levels),
                compression(levels),
                commands(levels, "before", FleetSettings::before),
                commands(levels, "after", FleetSettings::after),
                aroundRestore(levels, "stop", FleetSettings::stop),
                aroundRestore(levels, "start", FleetSettings::start));
    }

    /** What stops a service must come with what starts it, or a restore would leave it off. */
    private List<HookCommand> aroundRestore(
            List<Level> levels, String name, Function<FleetSettings, List<FleetSettings.Command>> read) {
        var commands = commands(levels, name, read);
        for (var level : levels) {
            var said = read.apply(level.settings());
            for (int i = 0; i < said.size(); i++) {
                var key = level.key() + "." + name + "[" + i + "]";
                said.get(i)
                        .when()
                        .ifPresent(when -> values.wrong(
                                new Setting<>(key + ".when", when), "is for 'after' alone", "leave it out"));
            }
            if (name.equals("stop")
                    && !said.isEmpty()
                    && commands(levels, "start", FleetSettings::start).isEmpty()) {
                problems.add(level.key() + ".stop", "has no 'start' beside it", "say how the service is started again");
            }
        }
        return commands;
    }

    private FleetSettings settingsOf(Destination destination) {
        return Objects.requireNonNull(destinationConfigs.get(destination.name()), "a destination that was read");
    }

    /** Off at one level is off: nobody expects a service of a host that is switched off to run. */
    private boolean enabled(List<Level> levels) {
        return Setting.all(levels, "enabled", FleetSettings::enabled).stream()
                .map(setting -> values.yesOrNo(Optional.of(setting), true))
                .reduce(true, Boolean::logicalAnd);
    }

    private Excludes excludes(List<Level> levels) {
        return new Excludes(
                texts(Setting.items(levels, "exclude", FleetSettings::exclude)),
                texts(Setting.items(levels, "exclude-if-present", FleetSettings::excludeIfPresent)),
                values.yesOrNo(Setting.mostSpecial(levels, "exclude-caches", FleetSettings::excludeCaches), false));
    }

    private static List<String> texts(List<Setting<String>> settings) {
        return settings.stream().map(Setting::value).distinct().toList();
    }

    private List<String> tags(List<Level> levels) {
        var tags = Setting.items(levels, "tags", FleetSettings::tags);
        for (var tag : tags) {
            if (tag.value().isBlank() || tag.value().contains(",")) {
                values.wrong(tag, "is no tag", "write one word a tag, without ','");
            } else if (RESERVED_TAG.matcher(tag.value()).matches()) {
                values.wrong(tag, "is a tag that Nightshift sets itself", "choose another");
            }
        }
        return texts(tags);
    }

    private Limits limits(List<Level> levels, Destination destination) {
        return new Limits(
                Setting.mostSpecial(levels, "timeout", FleetSettings::timeout)
                        .map(values::duration)
                        .orElse(STANDARD_TIMEOUT),
                Setting.mostSpecial(levels, "limit-upload", FleetSettings::limitUpload)
                        .map(kib -> values.number(kib, 1, 100_000_000)),
                Setting.mostSpecial(levels, "limit-download", FleetSettings::limitDownload)
                        .map(kib -> values.number(kib, 1, 100_000_000)),
                destination.concurrency());
    }

    /** A good backup is as old as the ZFS snapshot that it was made of, so the next one may be a day and the window younger. */
    private Duration overdueAfter(List<Level> levels) {
        var least = Duration.ofDays(1).plus(schedule.windowEnd());
        var said = Setting.mostSpecial(levels, "overdue-after", FleetSettings::overdueAfter);
        var duration = said.map(values::duration).orElse(least.plus(OVERDUE_MARGIN));
        if (said.isPresent() && duration.compareTo(least) <= 0) {
            values.wrong(
                    said.get(),
                    "is not longer than a day and the window, so that every backup would be overdue every night",
                    "write more than " + least.toMinutes() + "m, such as 30h");
        }
        return duration;
    }

    private Upkeep upkeep(List<Level> levels) {
        var subset = Setting.mostSpecial(
                levels, "upkeep.read-data-subset", s -> s.upkeep().readDataSubset());
        subset.filter(s -> !SUBSET.matcher(s.value()).matches())
                .ifPresent(s -> values.wrong(s, "is no part of the data", "write 5%, 1/7 or 500M"));
        return new Upkeep(
                rhythm(levels, "forget", FleetSettings.Upkeep::forget, Upkeep.Rhythm.WEEKLY),
                rhythm(levels, "check", FleetSettings.Upkeep::check, Upkeep.Rhythm.WEEKLY),
                subset.map(Setting::value),
                rhythm(levels, "restore-test", FleetSettings.Upkeep::restoreTest, Upkeep.Rhythm.MONTHLY),
                Setting.mostSpecial(
                                levels,
                                "upkeep.restore-test-size",
                                s -> s.upkeep().restoreTestSize())
                        .map(values::bytes)
                        .orElse(STANDARD_RESTORE_TEST_BYTES));
    }

    private Upkeep.Rhythm rhythm(
            List<Level> levels,
            String name,
            Function<FleetSettings.Upkeep, Optional<String>> read,
            Upkeep.Rhythm unsaid) {
        var said = Setting.mostSpecial(levels, "upkeep." + name, s -> read.apply(s.upkeep()));
        return values.choice(said, RHYTHMS, unsaid);
    }

    /** A policy is one thing: the most special level that has one replaces the others as a whole. */
    private Retention retention(List<Level> levels) {
        for (int i = levels.size() - 1; i >= 0; i--) {
            var key = levels.get(i).key() + ".retention";
            var config = levels.get(i).settings().retention();
            var retention = retention(key, config);
            if (retention.keepsSomething()) {
                return retention;
            }
            if (!retention.equals(nothing())) {
                problems.add(
                        key, "keeps nothing, so every snapshot would be removed", "let at least one number be above 0");
            }
        }
        return Retention.standard();
    }

    private static Retention nothing() {
        Optional<Integer> n = Optional.empty();
        Optional<String> w = Optional.empty();
        return new Retention(n, n, n, n, n, n, w, w, w, w, w, w, List.of());
    }

    private Retention retention(String key, FleetSettings.Retention config) {
        return new Retention(
                count(key + ".keep-last", config.keepLast()),
                count(key + ".keep-hourly", config.keepHourly()),
                count(key + ".keep-daily", config.keepDaily()),
                count(key + ".keep-weekly", config.keepWeekly()),
                count(key + ".keep-monthly", config.keepMonthly()),
                count(key + ".keep-yearly", config.keepYearly()),
                within(key + ".keep-within", config.keepWithin()),
                within(key + ".keep-within-hourly", config.keepWithinHourly()),
                within(key + ".keep-within-daily", config.keepWithinDaily()),
                within(key + ".keep-within-weekly", config.keepWithinWeekly()),
                within(key + ".keep-within-monthly", config.keepWithinMonthly()),
                within(key + ".keep-within-yearly", config.keepWithinYearly()),
                config.keepTag().orElse(List.of()));
    }

    /** -1 keeps all, since restic 0.16. */
    private Optional<Integer> count(String key, Optional<String> text) {
        return text.map(t -> values.number(new Setting<>(key, t), -1, 1_000_000));
    }

    private Optional<String> within(String key, Optional<String> text) {
        text.filter(t -> !WITHIN.matcher(t).matches())
                .ifPresent(t -> values.wrong(new Setting<>(key, t), "is no duration of restic's", "write 1y5m7d2h"));
        return text;
    }

    private List<String> resticOptions(List<Level> levels) {
        var options = Setting.mostSpecial(levels, "restic-options", FleetSettings::resticOptions)
                .map(Setting::list)
                .orElse(List.of());
        for (var option : options) {
            if (RESERVED_OPTION.matcher(option.value()).matches()) {
                values.wrong(
                        option,
                        "is an option that Nightshift sets itself",
                        "leave it out; for most there is a key of the fleet file");
            }
        }
        return options.stream().map(Setting::value).toList();
    }

    private Optional<String> compression(List<Level> levels) {
        return Setting.mostSpecial(levels, "compression", FleetSettings::compression)
                .map(c -> values.choice(
                        Optional.of(c), Map.of("auto", "auto", "off", "off", "max", "max", "false", "off"), "auto"));
    }

    private List<HookCommand> commands(
            List<Level> levels, String name, Function<FleetSettings, List<FleetSettings.Command>> read) {
        var said = Setting.mostSpecial(
                levels, name, s -> Optional.of(read.apply(s)).filter(list -> !list.isEmpty()));
        if (said.isEmpty()) {
            return List.of();
        }
        var commands = new ArrayList<HookCommand>();
        for (int i = 0; i < said.get().value().size(); i++) {
            commands.add(
                    command(said.get().key() + "[" + i + "]", said.get().value().get(i)));
        }
        return List.copyOf(commands);
    }

    private HookCommand command(String key, FleetSettings.Command config) {
        var argv = config.command().orElse(List.of());
        if (argv.isEmpty() || argv.get(0).isBlank()) {
            problems.add(
                    key,
                    "'command' is missing",
                    "write the program and its arguments as a list: [pg_dumpall, --file=/x]");
        }
        return new HookCommand(
                argv,
                config.timeout()
                        .map(t -> values.duration(new Setting<>(key + ".timeout", t)))
                        .orElse(STANDARD_COMMAND_TIMEOUT),
                values.choice(
                        config.when().map(w -> new Setting<>(key + ".when", w)),
                        Map.of(
                                "always", HookCommand.When.ALWAYS,
                                "success", HookCommand.When.SUCCESS,
                                "failure", HookCommand.When.FAILURE),
                        HookCommand.When.ALWAYS));
    }
}
