package io.nightshift.it.fault.judge;

import io.nightshift.contract.NightId;
import io.nightshift.contract.Target;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.it.fault.judge.Entry.Phone;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Whatever did not succeed is told once: by cause, so that a destination that is away makes one message for all of its jobs,
 * and what fails again for the same cause makes none until it was well. A notifier that is killed between sending a message and
 * noting it may send it once more: that is said openly, and better than none.
 */
final class OneAnnouncement implements Judge.Promise {
    private static final Set<Cause> OF_DESTINATION = Set.of(
            Cause.DESTINATION_MISSING, Cause.DESTINATION_UNREACHABLE, Cause.DESTINATION_FULL, Cause.ACCESS_DENIED);

    @Override
    public Stream<String> broken(History history) {
        var replay = new Replay();
        Stream.concat(history.ends().stream(), history.announcements().stream())
                .sorted(Comparator.comparing(History.Said::at))
                .forEach(replay::hear);
        var failures = history.all(Phone.class).stream()
                .filter(phone -> !phone.title().endsWith(" again"))
                .toList();
        return replay.hits.values().stream().flatMap(hit -> judge(hit, failures, history));
    }

    private static Stream<String> judge(Hit hit, List<Phone> phones, History history) {
        var told = phones.stream().filter(hit.tells).toList();
        long killed = history.all(Entry.Killed.class).stream()
                .filter(kill -> kill.service().equals("notifier") && !kill.at().isBefore(hit.at))
                .count();
        if (told.size() < hit.expected) {
            return Stream.of(hit.what + ", and nobody was told");
        }
        return told.size() > hit.expected + (hit.expected == 0 ? 0 : killed)
                ? Stream.of(hit.what + ", and it was told " + told.size() + " times instead of " + hit.expected + ": "
                        + told.stream()
                                .map(phone -> phone.title() + " at " + phone.at())
                                .toList())
                : Stream.empty();
    }

    /** One cause in one night. */
    private static final class Hit {
        final Instant at;
        final String what;
        final Predicate<Phone> tells;
        int expected;

        Hit(Instant at, String what, Predicate<Phone> tells) {
            this.at = at;
            this.what = what;
            this.tells = tells;
        }
    }

    /** What is wrong at the moment. */
    private static final class Incident {
        final Set<String> parts = new HashSet<>();
        Cause cause = Cause.OTHER;
    }

    private static final class Replay {
        final Map<String, Hit> hits = new LinkedHashMap<>();
        private final Map<String, Incident> open = new HashMap<>();

        void hear(History.Said<?> said) {
            if (said.what() instanceof JobStatus end) {
                ended(end, said.at());
            } else if (said.what() instanceof SnapshotEvent.Ready ready) {
                well("snapshot " + ready.host(), ready.host());
            } else if (said.what() instanceof SnapshotEvent.Failed failed) {
                noSnapshot(failed.host(), failed.night(), said.at());
            }
        }

        private void ended(JobStatus end, Instant at) {
            var target = end.job().target();
            var failure = end.problem();
            if (failure.isPresent() && !isHarmless(end)) {
                trouble(end, failure.get().cause(), at);
            }
            if (end.outcome().isPresent()) {
                OF_DESTINATION.forEach(cause -> well(destination(target, cause), target.toString()));
            }
            if (end instanceof JobStatus.Succeeded) {
                well(job(end), target.toString());
            }
        }

        private static boolean isHarmless(JobStatus end) {
            return end instanceof JobStatus.Skipped skipped && skipped.failure().cause() != Cause.SUPERSEDED;
        }

        private void trouble(JobStatus end, Cause cause, Instant at) {
            var target = end.job().target();
            if (cause == Cause.SNAPSHOT_FAILED) {
                noSnapshot(target.host(), end.job().night(), at);
                return;
            }
            var where = "Host " + target.host() + ", night " + end.job().night();
            var work = end.job().work() == Work.BACKUP
                    ? ""
                    : ": " + end.job().work().word();
            var about = target.service() + " → " + target.destination() + work;
            var ofDestination = "Destination " + target.destination() + ": ";
            var what = "job " + end.job() + " was " + end.state() + " at " + at + " (" + cause.word() + ")";
            if (OF_DESTINATION.contains(cause)) {
                Predicate<Phone> tells =
                        phone -> phone.text().contains(where) && phone.text().contains(ofDestination);
                hit(
                        destination(target, cause),
                        target.toString(),
                        cause,
                        end.job().night(),
                        new Hit(at, what, tells));
            } else {
                Predicate<Phone> tells = phone -> phone.title().startsWith(about + " ")
                        && phone.text().contains(where)
                        && !phone.text().contains(ofDestination);
                hit(job(end), target.toString(), cause, end.job().night(), new Hit(at, what, tells));
            }
        }

        private void noSnapshot(String host, NightId night, Instant at) {
            hit(
                    "snapshot " + host,
                    host,
                    Cause.SNAPSHOT_FAILED,
                    night,
                    new Hit(
                            at,
                            "host " + host + " had no snapshot for night " + night + " at " + at,
                            phone -> phone.title().startsWith(host + " has no ")
                                    && phone.text().contains("night " + night)));
        }

        private void hit(String key, String part, Cause cause, NightId night, Hit first) {
            var incident = open.computeIfAbsent(key, unknown -> new Incident());
            boolean news = incident.parts.isEmpty() || incident.cause != cause;
            incident.parts.add(part);
            incident.cause = cause;
            var hit = hits.computeIfAbsent(key + " " + night, unknown -> first);
            hit.expected += news ? 1 : 0;
        }

        private void well(String key, String part) {
            var incident = open.get(key);
            if (incident != null && incident.parts.remove(part) && incident.parts.isEmpty()) {
                open.remove(key);
            }
        }

        private static String job(JobStatus end) {
            return "job " + end.job().target() + " " + end.job().work();
        }

        private static String destination(Target target, Cause cause) {
            return "destination " + target.destination() + " " + cause
                    + (cause == Cause.DESTINATION_MISSING ? " " + target.host() : "");
        }
    }
}
