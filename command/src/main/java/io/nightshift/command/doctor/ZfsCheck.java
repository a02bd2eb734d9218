package io.nightshift.command.doctor;

import io.nightshift.command.Surroundings;
import io.nightshift.contract.event.SnapshotSource;
import io.nightshift.contract.fleet.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The datasets of this host, and whether this user may do with them what the snapshot-service does. */
record ZfsCheck(Surroundings around, Host host) implements Check {
    private static final Set<String> NEEDED = Set.of("snapshot", "destroy", "hold", "release", "mount");
    private static final Pattern VERSION = Pattern.compile("zfs-(\\d+)\\.(\\d+)\\S*");

    @Override
    public List<Finding> look() throws InterruptedException {
        if (host.kind() != SnapshotSource.Kind.ZFS) {
            return List.of(Finding.ok("ZFS", "is not asked for: host " + host.name() + " has 'snapshot: copy'"));
        }
        var version = Programs.ask(around.environment(), "zfs", "version");
        if (!version.good()) {
            return List.of(Finding.bad(
                    "ZFS", version.last(), "install zfsutils-linux, and load its module with modprobe zfs"));
        }
        var found = new ArrayList<Finding>();
        found.add(version(version.words().get(0)));
        for (var dataset : host.datasets()) {
            found.add(dataset(dataset));
        }
        return found;
    }

    private static Finding version(String words) {
        var matcher = VERSION.matcher(words);
        return matcher.matches() && Integer.parseInt(matcher.group(1)) >= 2
                ? Finding.ok("ZFS", "is " + words)
                : Finding.warn("ZFS", "is " + words, "OpenZFS 2.0 or later is what the tests run with");
    }

    private Finding dataset(String dataset) throws InterruptedException {
        var about = "dataset " + dataset;
        var listed = Programs.ask(around.environment(), "zfs", "list", "-H", "-o", "name", dataset);
        if (!listed.good()) {
            return Finding.bad(about, listed.last(), "import its pool, or mend 'datasets' of host " + host.name());
        }
        if ("root".equals(System.getProperty("user.name"))) {
            return Finding.ok(about, "is there, and root may do all");
        }
        var allowed = String.join(
                "\n",
                Programs.ask(around.environment(), "zfs", "allow", dataset).words());
        var missing = NEEDED.stream()
                .filter(right -> !allowed.contains(right))
                .sorted()
                .toList();
        return missing.isEmpty()
                ? Finding.ok(about, "is there, with the rights that are needed")
                : Finding.warn(
                        about,
                        "nobody but root may " + String.join(", ", missing),
                        "run the snapshot-service as root, or zfs allow -u USER " + String.join(",", missing) + " "
                                + dataset);
    }
}
