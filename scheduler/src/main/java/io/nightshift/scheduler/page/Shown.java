package io.nightshift.scheduler.page;

import io.nightshift.contract.event.RestoreResult;
import io.nightshift.contract.event.RestoreStatus;
import io.nightshift.contract.event.SnapshotSource;
import io.nightshift.contract.event.StoredFile;
import io.nightshift.contract.event.StoredSnapshot;
import io.nightshift.scheduler.state.Mark;
import io.nightshift.scheduler.state.Marks;
import io.nightshift.scheduler.state.RestoreState;
import io.quarkus.qute.TemplateExtension;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Values as a person reads them. Pure; used by the templates. */
@TemplateExtension
final class Shown {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm", Locale.UK);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.UK);
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.UK);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM", Locale.UK);
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private Shown() {}

    /** {@code 1.4 GiB} */
    @TemplateExtension(namespace = "show")
    static String bytes(long count) {
        double value = count;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || value >= 100 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }

    /** {@code 5 h}, {@code 3 days}: as exact as a glance needs. */
    @TemplateExtension(namespace = "show")
    static String age(long seconds) {
        if (seconds < 90) {
            return Math.max(0, seconds) + " s";
        } else if (seconds < 90 * 60) {
            return seconds / 60 + " min";
        } else if (seconds < 48 * 3600) {
            return seconds / 3600 + " h";
        }
        return seconds / 86_400 + " days";
    }

    /** {@code 1 h 02 min}, {@code 7.5 s} */
    @TemplateExtension(namespace = "show")
    static String duration(double seconds) {
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        var whole = Duration.ofSeconds((long) seconds);
        return whole.toHours() == 0
                ? whole.toMinutes() + " min " + whole.toSecondsPart() + " s"
                : whole.toHours() + " h " + String.format("%02d", whole.toMinutesPart()) + " min";
    }

    /** {@code Thu 26 Nov 2026, 02:00} */
    @TemplateExtension(namespace = "show")
    static String when(Instant at, ZoneId zone) {
        return LOCAL.format(at.atZone(zone));
    }

    /** The time of day, where the day is plain. */
    @TemplateExtension(namespace = "show")
    static String clock(Instant at, ZoneId zone) {
        return CLOCK.format(at.atZone(zone));
    }

    @TemplateExtension(namespace = "show")
    static String utc(Instant at) {
        return UTC.format(at.atOffset(ZoneOffset.UTC));
    }

    static String words(SnapshotSource.Kind kind) {
        return switch (kind) {
            case ZFS -> "ZFS snapshots";
            case COPY -> "copies of the paths";
        };
    }

    @TemplateExtension(namespace = "show")
    static String count(Number number) {
        return String.format(Locale.ROOT, "%,d", number.longValue());
    }

    /** {@code 1 file}, {@code 2,300 files} */
    @TemplateExtension(namespace = "show")
    static String files(long number) {
        return count(number) + (number == 1 ? " file" : " files");
    }

    /** A dry run that has ended well. */
    static boolean plan(RestoreState restore) {
        return restore.result().filter(RestoreResult::dryRun).isPresent();
    }

    @TemplateExtension(namespace = "show")
    static String percent(double value) {
        return String.format(Locale.ROOT, "%.1f %%", value);
    }

    /** As restic shows an id. */
    @TemplateExtension(matchName = "short")
    static String shortId(String id) {
        return id.substring(0, Math.min(8, id.length()));
    }

    /** The last name of its path. */
    static String name(StoredFile file) {
        return Listing.lastName(file.path());
    }

    static boolean folder(StoredFile file) {
        return file.kind() == StoredFile.Kind.FOLDER;
    }

    /** Where it begins to be shown: in its only path, where it has no other. */
    static String begin(StoredSnapshot snapshot) {
        return snapshot.paths().size() == 1 ? snapshot.paths().get(0) : "/";
    }

    static String words(RestoreStatus.Step step) {
        return step.name().toLowerCase(Locale.ROOT);
    }

    static String words(RestoreResult.Verification verified) {
        return switch (verified) {
            case NONE -> "not verified";
            case SIZES -> "names, kinds and sizes compared with the snapshot";
            case CONTENTS -> "every file read back and compared with the snapshot";
        };
    }

    /** For a query in a link. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Where the mark of a night begins, in its picture. */
    static int times7(Integer index) {
        return index * 7;
    }

    /** A night that was not good has a shape of its own: never by colour alone. */
    static int height(Mark mark) {
        return switch (mark) {
            case GOOD -> 12;
            case FAILED -> 6;
            case INCOMPLETE, SUSPECT -> 9;
            case SKIPPED -> 4;
            case NONE -> 2;
        };
    }

    static int top(Mark mark) {
        return 12 - height(mark);
    }

    /** What a fortnight of marks says, for who cannot see them; a good night is not mentioned by date. */
    static String spoken(List<Marks.Night> nights) {
        long good = nights.stream().filter(night -> night.mark() == Mark.GOOD).count();
        var others = nights.stream()
                .filter(night -> night.mark() != Mark.GOOD && night.mark() != Mark.NONE)
                .map(night -> night.mark().word() + " " + DAY.format(night.date()))
                .collect(Collectors.joining(", "));
        return good + " of " + nights.size() + " nights good" + (others.isEmpty() ? "" : "; " + others);
    }

    static String title(Marks.Night night) {
        return DAY.format(night.date()) + ": "
                + (night.mark() == Mark.NONE ? "no backup" : night.mark().word());
    }
}
