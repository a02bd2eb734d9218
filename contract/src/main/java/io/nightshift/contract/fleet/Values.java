package io.nightshift.contract.fleet;

import io.nightshift.contract.Text;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Reads single values; what is wrong is noted, and a stand-in goes on, so that the rest can be judged too. */
final class Values {
    /** Source: OpenZFS zfs_namecheck.c. A pool begins with a letter, so a name never looks like an option. */
    private static final Pattern DATASET = Pattern.compile("[A-Za-z][A-Za-z0-9_.: -]*(/[A-Za-z0-9_.: -]+)*");

    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(s|m|h|d)");
    private static final Map<String, Duration> UNITS = Map.of(
            "s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));
    private static final Pattern BYTES = Pattern.compile("([1-9]\\d{0,5})([KMGT])");
    private static final String BYTE_UNITS = "KMGT";
    private static final int BITS_OF_A_UNIT = 10;
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,9}");

    private final Problems problems;

    Values(Problems problems) {
        this.problems = problems;
    }

    /** Only {@code true} and {@code false}: with any other word nobody knows whether there will be a backup. */
    boolean yesOrNo(Optional<Setting<String>> setting, boolean unsaid) {
        return setting.map(s -> {
                    var isTrue = s.value().equals("true");
                    if (!isTrue && !s.value().equals("false")) {
                        wrong(s, "is neither true nor false", "write true or false");
                    }
                    return isTrue;
                })
                .orElse(unsaid);
    }

    int number(Setting<String> setting, int min, int max) {
        int number = WHOLE_NUMBER.matcher(setting.value()).matches() ? Integer.parseInt(setting.value()) : min - 1;
        if (number < min || number > max) {
            wrong(setting, "is no whole number from " + min + " to " + max, "write such a number");
            return min;
        }
        return number;
    }

    double fraction(Setting<String> setting) {
        try {
            var text = setting.value();
            double value = text.endsWith("%")
                    ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100
                    : Double.parseDouble(text);
            if (value >= 0 && value <= 1) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below, like any other value that is not in the range
        }
        wrong(setting, "is no fraction from 0 to 1", "write 0.1 or 10%");
        return 1;
    }

    /** {@code 90s}, {@code 30m}, {@code 6h}, {@code 1d}, or ISO 8601 ({@code PT6H}); more than nothing, at most 30 days. */
    Duration duration(Setting<String> setting) {
        var match = DURATION.matcher(setting.value());
        var duration = match.matches()
                ? UNITS.getOrDefault(match.group(2), Duration.ZERO).multipliedBy(Long.parseLong(match.group(1)))
                : orElse(() -> Duration.parse(setting.value()), Duration.ZERO);
        if (duration.isNegative() || duration.isZero() || duration.compareTo(Duration.ofDays(30)) > 0) {
            wrong(setting, "is no duration from 1s to 30d", "write 90s, 30m, 6h or 1d");
            return Duration.ofHours(1);
        }
        return duration;
    }

    /** {@code 500M}, {@code 2G}: as restic, in powers of 1024. */
    long bytes(Setting<String> setting) {
        var match = BYTES.matcher(setting.value());
        if (!match.matches()) {
            wrong(setting, "is no size", "write 500M or 2G");
            return 1;
        }
        return Long.parseLong(match.group(1)) << (BITS_OF_A_UNIT * (BYTE_UNITS.indexOf(match.group(2)) + 1));
    }

    LocalTime time(String key, String text, LocalTime standIn) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException e) {
            problems.add(key, "'" + Text.shown(text, 40) + "' is no time of day", "write hours and minutes, as 02:00");
            return standIn;
        }
    }

    ZoneId zone(String key, String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            problems.add(
                    key, "'" + Text.shown(text, 60) + "' is no time zone", "write one such as Europe/Berlin or UTC");
            return ZoneId.of("UTC");
        }
    }

    /** Absolute, and as short as can be: nothing of it is left to interpretation. */
    Path path(Setting<String> setting) {
        var text = setting.value();
        var path = text.indexOf('\0') >= 0 ? Path.of("/") : Path.of(text);
        if (!path.isAbsolute()
                || !path.normalize().toString().equals(text)
                || text.codePoints().anyMatch(Character::isISOControl)) {
            wrong(
                    setting,
                    "is no absolute path, or not in its plain form",
                    "write it as /a/b, without '..' or a '/' at the end");
            return Path.of("/");
        }
        return path;
    }

    void dataset(Setting<String> setting) {
        if (setting.value().length() > 255 || !DATASET.matcher(setting.value()).matches()) {
            wrong(setting, "is no ZFS dataset", "write it as 'zfs list' does: rpool/safe/persist");
        }
    }

    <E> E choice(Optional<Setting<String>> setting, Map<String, E> choices, E unsaid) {
        if (setting.isEmpty()) {
            return unsaid;
        }
        var chosen = choices.get(setting.get().value());
        if (chosen == null) {
            wrong(
                    setting.get(),
                    "is not known here",
                    "write "
                            + String.join(
                                    " or ", choices.keySet().stream().sorted().toList()));
            return unsaid;
        }
        return chosen;
    }

    void wrong(Setting<String> setting, String what, String mend) {
        problems.add(setting.key(), "'" + Text.shown(setting.value(), 80) + "' " + what, mend);
    }

    private static <T> T orElse(Supplier<T> read, T standIn) {
        try {
            return read.get();
        } catch (DateTimeException e) {
            return standIn;
        }
    }
}
