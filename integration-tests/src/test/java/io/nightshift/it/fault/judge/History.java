package io.nightshift.it.fault.judge;

import io.nightshift.contract.MalformedMessageException;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.Night;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.event.StartNight;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All that was seen of one or more nights, in the order of time: a plain value that can be saved and judged again. */
public record History(List<Entry> entries) {
    /** A message with what it says; {@code at} is the stream's time. */
    record Said<T>(Instant at, String where, T what) {}

    public History {
        entries = entries.stream().sorted(Comparator.comparing(Entry::at)).toList();
    }

    /** One entry a line. */
    public void save(Path file) throws IOException {
        var lines = entries.stream()
                .map(entry -> new String(Wire.write(entry), StandardCharsets.UTF_8))
                .toList();
        Files.write(file, lines);
    }

    public static History read(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return new History(lines.map(line -> Wire.read(line.getBytes(StandardCharsets.UTF_8), Entry.class))
                    .toList());
        }
    }

    <T extends Entry> List<T> all(Class<T> kind) {
        return entries.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<Target> targets() {
        return all(Entry.Fleet.class).stream()
                .flatMap(fleet -> fleet.targets().stream())
                .distinct()
                .toList();
    }

    List<Said<JobStatus>> statuses() {
        return said(
                        subject -> subject.startsWith("backup.status.") || subject.startsWith("backup.upkeep."),
                        JobStatus.class)
                .filter(said -> said.what().subject().equals(subjectOf(said)))
                .toList();
    }

    /** Every end, in the order of time. */
    public List<JobStatus> heardEnds() {
        return ends().stream().map(Said::what).toList();
    }

    /** Ends, each once: the same end told again is no news. */
    List<Said<JobStatus>> ends() {
        var told = new HashSet<JobStatus>();
        return statuses().stream()
                .filter(said -> said.what().isFinal() && told.add(said.what()))
                .toList();
    }

    List<Said<SnapshotEvent>> announcements() {
        return said(subject -> subject.startsWith("backup.snapshot."), SnapshotEvent.class)
                .filter(said -> said.what().subject().equals(subjectOf(said)))
                .toList();
    }

    List<Said<SnapshotEvent.Ready>> ready() {
        return announcements().stream()
                .filter(said -> said.what() instanceof SnapshotEvent.Ready)
                .map(said -> new Said<>(said.at(), said.where(), (SnapshotEvent.Ready) said.what()))
                .toList();
    }

    List<Said<StartNight>> starts() {
        return said(Subjects.NIGHT_START::equals, StartNight.class).toList();
    }

    /** As scheduler and snapshot-service understand a start; the fleets of the suite live in UTC. */
    static Night night(Said<StartNight> start) {
        return start.what().resolve(start.at(), ZoneOffset.UTC);
    }

    boolean wasStarted(NightId night) {
        return starts().stream().anyMatch(start -> night(start).id().equals(night));
    }

    /** What the clock of the services said at that time. */
    Instant clock(Instant time) {
        return all(Entry.ClockSet.class).stream()
                .filter(set -> !set.at().isAfter(time))
                .reduce((earlier, later) -> later)
                .map(set -> time.plus(set.ahead()))
                .orElse(time);
    }

    /** The announcement that a folder was a view of. */
    Optional<Said<SnapshotEvent.Ready>> announcementOf(String folder) {
        return ready().stream()
                .filter(said -> said.what().source().view().equals(Optional.of(folder)))
                .findFirst();
    }

    /** What cannot be understood says nothing of a job; that it is answered is another test's matter. */
    private <T> Stream<Said<T>> said(Predicate<String> subject, Class<T> type) {
        return all(Entry.Bus.class).stream()
                .filter(message -> subject.test(message.subject()))
                .flatMap(message -> {
                    try {
                        var what = Wire.read(message.body().getBytes(StandardCharsets.UTF_8), type);
                        return Stream.of(new Said<>(message.at(), message.subject() + " " + message.where(), what));
                    } catch (MalformedMessageException e) {
                        return Stream.empty();
                    }
                });
    }

    private static String subjectOf(Said<?> said) {
        return said.where().substring(0, said.where().indexOf(' '));
    }
}
