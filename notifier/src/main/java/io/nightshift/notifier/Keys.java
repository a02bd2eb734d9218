package io.nightshift.notifier;

import io.nightshift.contract.JobId;
import io.nightshift.contract.Target;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.Cause;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** Which incident an event belongs to. Every key is legal in a JetStream bucket: {@code [-/_=.a-zA-Z0-9]+}. */
final class Keys {
    /** What is the destination's fault makes one incident, however many jobs it hits. */
    private static final List<Cause> OF_DESTINATION = List.of(
            Cause.DESTINATION_MISSING, Cause.DESTINATION_UNREACHABLE, Cause.DESTINATION_FULL, Cause.ACCESS_DENIED);

    private static final Set<String> AREAS = Set.of(
            "night",
            "snapshot",
            "request",
            "job",
            "status",
            "upkeep",
            "progress",
            "restore",
            "restored",
            "alert",
            "rejected");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*(/[A-Za-z0-9_-]+)*");
    private static final Pattern EXCEPTION =
            Pattern.compile("[a-z]\\w*(\\.[a-z]\\w*)+\\.[A-Z]\\w*\\b.*", Pattern.DOTALL);
    private static final int MAX_PLAIN = 200;

    private Keys() {}

    static String job(JobId job) {
        return "job." + job.target().tokens() + "." + job.work().word();
    }

    /** Its id is legal in a key. */
    static String restore(Target target, String id) {
        return "restore." + target.tokens() + "." + id;
    }

    static String snapshot(String host) {
        return "snapshot." + host;
    }

    static boolean isOfDestination(Cause cause) {
        return OF_DESTINATION.contains(cause);
    }

    /** A folder that is not mounted is a matter of one host; the others are the same for all. */
    static String destination(Target target, Cause cause) {
        var key = "destination." + target.destination() + "." + cause.word();
        return cause == Cause.DESTINATION_MISSING ? key + "." + target.host() : key;
    }

    /** Every incident of its destination that a job can be in. */
    static List<String> destinations(Target target) {
        return OF_DESTINATION.stream().map(cause -> destination(target, cause)).toList();
    }

    /** What never ran is one cause, whatever it hits: the scheduler was away, or the bus forgot. */
    static String overdue(String about) {
        var part = about.split("/", -1);
        return "late.overdue." + (part.length == 4 ? plain(part[3]) : Work.BACKUP.word());
    }

    /** A worker serves one host and destination. */
    static String untaken(String host, String destination) {
        return "late.waiting." + host + "." + destination;
    }

    static String alert(String kind, String about) {
        return "alert." + kind + "." + plain(about);
    }

    /** One of a few keys, whatever strangers send: the second word of the subject, and a class of reasons. */
    static String rejected(String subject, String reason) {
        return "rejected." + area(subject) + "." + reasonClass(reason);
    }

    static String area(String subject) {
        var token = subject.split("\\.", 3);
        return token.length > 1 && token[0].equals("backup") && AREAS.contains(token[1]) ? token[1] : "other";
    }

    private static String reasonClass(String reason) {
        if (reason.startsWith("not a")) {
            return "unreadable";
        }
        return EXCEPTION.matcher(reason).matches() ? "failed" : "refused";
    }

    /** Text of unknown alphabet becomes a number; two texts with the same number would share an incident, no more. */
    private static String plain(String text) {
        if (text.length() <= MAX_PLAIN && PLAIN.matcher(text).matches()) {
            return text;
        }
        var sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return "=" + HexFormat.of().toHexDigits((int) sum.getValue());
    }
}
