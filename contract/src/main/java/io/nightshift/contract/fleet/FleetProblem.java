package io.nightshift.contract.fleet;

import io.nightshift.contract.Text;
import java.util.Comparator;

/**
 * One thing that is wrong with a fleet file.
 *
 * @param file as it was named
 * @param line counted from 1; 0 where the value is not of the file
 * @param key {@code backup.hosts.daedalus.services.lidarr.paths}
 * @param what is wrong
 * @param mend what to write instead
 */
public record FleetProblem(String file, int line, String key, String what, String mend)
        implements Comparable<FleetProblem> {

    @Override
    public int compareTo(FleetProblem other) {
        return Comparator.comparingInt(FleetProblem::line)
                .thenComparing(FleetProblem::key)
                .thenComparing(FleetProblem::what)
                .compare(this, other);
    }

    /** In one line, as compilers say it, so that editors can jump there. */
    @Override
    public String toString() {
        var place = line > 0 ? file + ":" + line : file;
        return Text.shown(place + ": " + (key.isEmpty() ? "" : key + ": ") + what + "; " + mend, 1000);
    }
}
