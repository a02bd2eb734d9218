package io.nightshift.notifier;

import io.nightshift.contract.Text;
import io.nightshift.notifier.Finding.Kind;
import io.nightshift.notifier.Pending.Why;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Makes messages of incidents. All foreign text becomes one line of limited length. Thread-safe. */
public final class Wording {
    private static final int TITLE = 200;
    private static final int LINE = 300;
    private static final int PATH = 80;
    private static final int SHOWN_PATHS = 3;
    private static final int PART = 70;
    private static final int SHOWN_PARTS = 5;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    public Note note(Incident incident, Pending pending) {
        var recovered = pending.why() == Why.RECOVERED;
        return new Note(
                Text.shown(recovered ? recoveredTitle(incident) : title(incident, pending), TITLE),
                String.join("\n", recovered ? recoveredBody(incident) : body(incident)),
                recovered ? Severity.RECOVERY : incident.severity(),
                incident.course().lastAt(),
                incident.trace());
    }

    private static String title(Incident incident, Pending pending) {
        var account = incident.account();
        var title = incident.parts().size() > 1 ? ofMany(incident) : account.about() + " " + account.state();
        return pending.why() == Why.REMINDER ? title + again(incident) : title;
    }

    private static String ofMany(Incident incident) {
        var account = incident.account();
        var jobs = incident.parts().size() + " jobs ";
        return switch (incident.kind()) {
            case DESTINATION -> account.what() + ", " + jobs + account.state();
            case LATE ->
                incident.key().startsWith("late.waiting.")
                        ? account.about() + " " + account.state()
                        : jobs + account.state();
            case JOB, SNAPSHOT, ALERT, RESTORE, REJECTED -> account.about() + " " + account.state();
        };
    }

    private static String again(Incident incident) {
        int nights = incident.course().nights();
        if (nights > 1) {
            return ", for the " + ordinal(nights) + " night";
        }
        // One alert for each job would make a count that says nothing.
        return nights == 0 && incident.kind() != Kind.LATE
                ? ", " + incident.course().times() + " times"
                : ", again";
    }

    private static List<String> body(Incident incident) {
        var account = incident.account();
        var lines = new ArrayList<String>();
        add(lines, "", account.where());
        add(
                lines,
                "",
                account.what().isEmpty() ? account.message() : capital(account.what()) + ": " + account.message());
        add(lines, "Next: ", account.advice());
        add(lines, "", jobs(incident));
        add(lines, "", paths(account));
        add(lines, "", history(incident));
        return lines;
    }

    private static void add(List<String> lines, String before, String text) {
        if (!text.isBlank()) {
            lines.add(before + Text.shown(text, LINE));
        }
    }

    private static String jobs(Incident incident) {
        boolean many = incident.kind() == Kind.DESTINATION || incident.kind() == Kind.LATE;
        return !many || incident.parts().size() < 2
                ? ""
                : "Jobs: "
                        + few(
                                incident.parts(),
                                SHOWN_PARTS,
                                PART,
                                incident.parts().size());
    }

    private static String paths(Account account) {
        return account.paths().isEmpty()
                ? ""
                : "Paths (" + account.pathCount() + "): "
                        + few(account.paths(), SHOWN_PATHS, PATH, account.pathCount());
    }

    private static String few(List<String> items, int max, int length, int count) {
        var shown =
                items.stream().limit(max).map(item -> Text.shown(item, length)).collect(Collectors.joining(", "));
        int left = count - Math.min(max, items.size());
        return left > 0 ? shown + " and " + left + " more" : shown;
    }

    private static String history(Incident incident) {
        var course = incident.course();
        if (course.nights() > 1) {
            return "Since the night of " + course.firstDate().orElse("?") + ": " + course.nights() + " nights";
        }
        if (incident.kind() == Kind.LATE) {
            return "Since " + TIME.format(course.openedAt());
        }
        return course.times() > 1 && course.nights() == 0
                ? course.times() + " times since " + TIME.format(course.openedAt())
                : "";
    }

    private static String recoveredTitle(Incident incident) {
        return switch (incident.kind()) {
            case DESTINATION -> "Destination " + incident.key().split("\\.")[1] + " works again";
            case SNAPSHOT -> incident.account().about() + " has a ZFS snapshot again";
            case LATE -> recoveredLate(incident);
            case ALERT -> incident.account().about() + " no longer " + incident.cause();
            case JOB, RESTORE, REJECTED -> incident.account().about() + " works again";
        };
    }

    private static String recoveredLate(Incident incident) {
        return incident.key().startsWith("late.waiting.")
                ? incident.account().about() + " taken by a worker again"
                : "Nothing is overdue any more";
    }

    private static List<String> recoveredBody(Incident incident) {
        var course = incident.course();
        var lines = new ArrayList<String>();
        add(lines, "Before: ", incident.account().where());
        add(lines, "", incident.account().message());
        var since =
                course.firstDate().map(date -> "the night of " + date).orElseGet(() -> TIME.format(course.openedAt()));
        add(lines, "", "Since " + since + (course.nights() > 1 ? ", " + course.nights() + " nights" : ""));
        return lines;
    }

    private static String ordinal(int number) {
        boolean teen = number % 100 >= 11 && number % 100 <= 13;
        var ending = teen
                ? "th"
                : switch (number % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
        return number + ending;
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
