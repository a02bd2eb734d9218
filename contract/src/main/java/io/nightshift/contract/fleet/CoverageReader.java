package io.nightshift.contract.fleet;

import io.nightshift.contract.Text;
import io.nightshift.contract.event.SnapshotSource.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what of a host is looked at for things that no service backs up, and what of it need not be backed up. */
final class CoverageReader {
    private final Problems problems;
    private final Values values;

    CoverageReader(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    Coverage read(String key, FleetConfig.Host config, Kind kind, Map<String, Service> services) {
        var roots =
                Setting.list(new Setting<>(key + ".coverage", config.coverage().orElse(List.of())));
        for (var root : roots) {
            if (kind == Kind.COPY) {
                values.path(root);
            } else {
                values.dataset(root);
            }
        }
        return new Coverage(
                roots.stream().map(Setting::value).distinct().toList(),
                notBackedUp(key + ".not-backed-up", config.notBackedUp(), services));
    }

    private SortedMap<String, String> notBackedUp(
            String key, Map<String, String> written, Map<String, Service> services) {
        written.forEach((what, why) -> {
            // SmallRye Config, and so the index of the lines, has a name with a dot in it in quotes.
            var own = key + "." + (what.contains(".") ? '"' + what + '"' : what);
            if (why.isBlank()) {
                problems.add(own, "has no reason", "write why it need not be backed up");
            }
            if (!what.startsWith("/")) {
                values.dataset(new Setting<>(own, what));
            } else if (!values.path(new Setting<>(own, what)).equals(Path.of("/"))) {
                refuseWhatIsBackedUp(own, Path.of(what), services);
            }
        });
        return new TreeMap<>(written);
    }

    /** It would say the contrary of what happens. */
    private void refuseWhatIsBackedUp(String key, Path path, Map<String, Service> services) {
        for (var service : services.values()) {
            if (service.paths().stream().anyMatch(path::startsWith)) {
                problems.add(
                        key,
                        "'" + Text.shown(path.toString(), 80) + "' is backed up by service '" + service.name() + "'",
                        "leave it out here, or write it into 'exclude' of that service");
            }
        }
    }
}
