package io.nightshift.contract.fleet;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Collects what is wrong, each thing once, in the order of the lines. */
final class Problems {
    private final SortedSet<FleetProblem> found = new TreeSet<>();
    private final String file;
    private final YamlLines lines;

    Problems(String file, YamlLines lines) {
        this.file = file;
        this.lines = lines;
    }

    void add(String key, String what, String mend) {
        add(lines.line(key), key, what, mend);
    }

    void add(int line, String key, String what, String mend) {
        found.add(new FleetProblem(file, line, key, what, mend));
    }

    boolean any() {
        return !found.isEmpty();
    }

    List<FleetProblem> all() {
        return List.copyOf(found);
    }
}
