package io.nightshift.notifier;

import io.nightshift.contract.NightId;
import io.nightshift.contract.TraceContext;
import io.nightshift.notifier.Finding.Kind;
import io.nightshift.notifier.Finding.Recovery;
import io.nightshift.notifier.Finding.Trouble;
import io.nightshift.notifier.Pending.Why;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One cause and all that it hit: opened by the first event, closed when everything that it hit is well again. It is all that
 * the notifier remembers, the message that is still to be sent included. Every change is a pure function, and doing it twice
 * changes nothing, because an event that is not later than the last one is a repeat.
 *
 * @param parts what it hits at the moment, sorted
 * @param account of the last event
 * @param toldAt when the last message was sent
 */
public record Incident(
        String key,
        Kind kind,
        boolean open,
        List<String> parts,
        Course course,
        Severity severity,
        String cause,
        Account account,
        Optional<Instant> toldAt,
        Optional<Pending> pending) {
    public Incident {
        parts = sorted(parts);
        toldAt = Absent.optional(toldAt);
        pending = Absent.optional(pending);
    }

    static Incident open(Trouble trouble, Rules rules) {
        return new Incident(
                trouble.key(),
                trouble.kind(),
                true,
                List.of(trouble.part()),
                Course.from(trouble),
                trouble.severity(),
                trouble.cause(),
                trouble.account(),
                Optional.empty(),
                Optional.of(Pending.of(Why.OPENED, trouble.at().plus(rules.gathering(trouble.kind())))));
    }

    /** The incident after that event. */
    Incident hit(Trouble trouble, Rules rules) {
        if (isRepeat(trouble.at())) {
            return this;
        }
        boolean forgotten = course.lastAt().plus(rules.forgotten(kind)).isBefore(trouble.at());
        if (!open || forgotten) {
            return open(trouble, rules);
        }
        return new Incident(
                key,
                kind,
                true,
                with(trouble.part()),
                course.and(trouble),
                trouble.severity(),
                trouble.cause(),
                trouble.account(),
                toldAt,
                message(trouble, rules));
    }

    private Optional<Pending> message(Trouble trouble, Rules rules) {
        if (pending.isPresent()) {
            return pending.map(p -> p.waits() ? waiting(p, trouble) : Pending.of(p.why(), pauseEnd(rules, p.due())));
        }
        if (!cause.equals(trouble.cause())) {
            return Optional.of(Pending.of(Why.CHANGED, trouble.at()));
        }
        var due = pauseEnd(rules, toldAt.orElse(course.openedAt()));
        if (!due.isAfter(trouble.at())) {
            return Optional.of(Pending.of(Why.REMINDER, trouble.at()));
        }
        return kind == Kind.REJECTED ? Optional.of(Pending.of(Why.REMINDER, due)) : Optional.empty();
    }

    /** Its text is made when it is sent; one that is on its way now says nothing of another cause, so that there is to be one more. */
    private Pending waiting(Pending message, Trouble trouble) {
        boolean onItsWay = !message.due().isAfter(trouble.at());
        return onItsWay && !cause.equals(trouble.cause()) ? Pending.of(message.why(), trouble.at()) : message;
    }

    private Instant pauseEnd(Rules rules, Instant last) {
        return last.plus(rules.pause(kind));
    }

    /** The incident after that part is well again; closed when it was the last one. */
    Incident end(Recovery recovery) {
        if (!open || !parts.contains(recovery.part()) || isRepeat(recovery.at())) {
            return this;
        }
        var left = parts.stream().filter(part -> !part.equals(recovery.part())).toList();
        return left.isEmpty() ? closed(recovery.at()) : withParts(left);
    }

    /** The night of the host that it last hit; nothing where it is no matter of nights. */
    Optional<TraceContext> trace() {
        return course.lastNight()
                .flatMap(night -> parts.stream()
                        .findFirst()
                        .map(part -> TraceContext.of(new NightId(night), part.split("/", 2)[0])));
    }

    private boolean isRepeat(Instant at) {
        return !at.isAfter(course.lastAt());
    }

    private Incident closed(Instant at) {
        var news = Optional.of(Pending.of(Why.RECOVERED, at));
        return new Incident(
                key, kind, false, List.of(), course.endedAt(at), Severity.RECOVERY, cause, account, toldAt, news);
    }

    /** After the channel took the message. Another that became pending meanwhile stays. */
    Incident told(Pending sent, Instant at) {
        return withMessage(Optional.of(at), pending.filter(p -> !p.equals(sent)));
    }

    /** After the channel refused the message for good. */
    Incident refused(Pending sent, String reason) {
        return withMessage(toldAt, pending.map(p -> p.equals(sent) ? p.refused(reason) : p));
    }

    /** Lets what was refused be tried again: a person may have mended the settings. */
    Incident triedAgain() {
        return withMessage(toldAt, pending.map(p -> Pending.of(p.why(), p.due())));
    }

    private Incident withMessage(Optional<Instant> told, Optional<Pending> message) {
        return new Incident(key, kind, open, parts, course, severity, cause, account, told, message);
    }

    private Incident withParts(List<String> left) {
        return new Incident(key, kind, open, left, course, severity, cause, account, toldAt, pending);
    }

    private List<String> with(String part) {
        var all = new TreeSet<>(parts);
        all.add(part);
        return List.copyOf(all);
    }

    private static List<String> sorted(@Nullable List<String> parts) {
        return parts == null ? List.of() : parts.stream().sorted().toList();
    }
}
