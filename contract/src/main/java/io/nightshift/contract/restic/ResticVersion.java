package io.nightshift.contract.restic;

import java.util.Optional;
import java.util.regex.Pattern;

/** As {@code restic version} says it: {@code restic 0.18.0 compiled with …}. */
public record ResticVersion(int major, int minor, int patch) implements Comparable<ResticVersion> {
    /** The first with all exit codes that tell one cause from another (12 came last; restic changelog 0.17.1). */
    public static final ResticVersion LEAST = new ResticVersion(0, 17, 1);

    private static final Pattern TEXT = Pattern.compile("restic (\\d+)\\.(\\d+)\\.(\\d+).*");

    public static Optional<ResticVersion> parse(String line) {
        var matcher = TEXT.matcher(line);
        return matcher.matches()
                ? Optional.of(new ResticVersion(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3))))
                : Optional.empty();
    }

    @Override
    public int compareTo(ResticVersion other) {
        int first = Integer.compare(major, other.major);
        int second = first != 0 ? first : Integer.compare(minor, other.minor);
        return second != 0 ? second : Integer.compare(patch, other.patch);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
