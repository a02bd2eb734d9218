package io.nightshift.it.fault.judge;

import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Subjects;
import io.nightshift.contract.Target;
import io.nightshift.contract.Wire;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.RunResult;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.event.SnapshotSource;
import io.nightshift.contract.event.StartNight;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds histories for the judge's own tests; each step is a second after the one before. */
final class Recorded {
    static final Target FILES = Target.parse("here/files/disk");
    static final Target NOTES = Target.parse("here/notes/disk");
    static final NightId FIRST = new NightId("2026-04-17");
    static final NightId SECOND = new NightId("2026-04-18");

    private final List<Entry> entries = new ArrayList<>();
    private Instant now = Instant.parse("2026-04-17T02:00:00Z");
    private long sequence;
    private int runs;

    Recorded(Target... targets) {
        entries.add(new Entry.Fleet(now, List.of(targets)));
    }

    /** A night as it should be: everything backed up. */
    static Recorded good(Target... targets) {
        var recorded = new Recorded(targets);
        recorded.begin(FIRST);
        for (var target : targets) {
            recorded.queue(FIRST, target);
            recorded.run(FIRST, target, FIRST, snapshot(FIRST, target));
            recorded.succeed(FIRST, target, snapshot(FIRST, target));
            recorded.keep(FIRST, target, snapshot(FIRST, target), tree(FIRST));
        }
        return recorded;
    }

    History history() {
        return new History(entries);
    }

    static String snapshot(NightId night, Target target) {
        return "snapshot-of-" + target.service() + "-" + night;
    }

    static Optional<String> tree(NightId night) {
        return Optional.of("tree-of-" + night);
    }

    void begin(NightId night) {
        start(night);
        ready(night);
        entries.add(new Entry.View(
                now,
                "here",
                night,
                Map.of("files", tree(night).get(), "notes", tree(night).get())));
    }

    /** At its time, or now where that has passed. */
    void start(NightId night) {
        if (slot(night).isAfter(now)) {
            now = slot(night);
        }
        start(night, slot(night));
    }

    /** For the same date, an hour earlier. */
    void startAnew(NightId night) {
        start(night, slot(night).minusSeconds(3600));
    }

    void startAtOnce(NightId night) {
        start(night, slot(night));
    }

    private static Instant slot(NightId night) {
        return Instant.parse(night + "T02:00:00Z");
    }

    private void start(NightId night, Instant slot) {
        bus(
                Subjects.NIGHT_START,
                new StartNight(Optional.of(night), Optional.of(slot), Optional.empty(), List.of("here")));
    }

    void ready(NightId night) {
        var at = tick();
        var source = new SnapshotSource(
                night,
                at,
                at,
                SnapshotSource.Kind.COPY,
                SnapshotSource.Access.VIEW,
                Optional.of("/views/" + night),
                List.of());
        bus(Subjects.snapshotReady("here"), new SnapshotEvent.Ready("here", night, at, source));
    }

    void noSnapshot(NightId night) {
        bus(Subjects.snapshotFailed("here"), new SnapshotEvent.Failed("here", night, tick(), "pool full", "free some"));
    }

    void queue(NightId night, Target target) {
        status(new JobStatus.Queued(JobId.backup(night, target), tick(), 0, now, Optional.empty()));
    }

    void run(NightId night, Target target, NightId source, String snapshot) {
        ended(startRestic(night, target, source), 0);
    }

    String startRestic(NightId night, Target target, NightId source) {
        var run = "run-" + ++runs;
        entries.add(new Entry.ResticStarted(
                tick(),
                run,
                4000 + runs,
                "/views/" + source,
                "/disk/" + target,
                List.of("backup", "--tag", "job:" + JobId.backup(night, target), "--", "data")));
        return run;
    }

    /** @return the run */
    String create(Target target) {
        var run = "run-" + ++runs;
        entries.add(
                new Entry.ResticStarted(tick(), run, 4000 + runs, "/", "/disk/" + target, List.of("init", "--json")));
        return run;
    }

    void ended(String run, int exit) {
        entries.add(new Entry.ResticEnded(tick(), run, Optional.of(exit)));
    }

    void succeed(NightId night, Target target, String snapshot) {
        status(new JobStatus.Succeeded(JobId.backup(night, target), tick(), 1, "worker-1", result(snapshot)));
    }

    void fail(NightId night, Target target, Cause cause) {
        status(new JobStatus.Failed(JobId.backup(night, target), tick(), 1, Failure.of(cause, "it is so", "do this")));
    }

    void keep(NightId night, Target target, String snapshot, Optional<String> tree) {
        entries.add(new Entry.Kept(
                tick(), target, snapshot, List.of("job:" + JobId.backup(night, target), "night:" + night), tree));
    }

    void phone(String title, String text) {
        entries.add(new Entry.Phone(tick(), title, text));
    }

    void loseStore() {
        entries.add(new Entry.StoreLost(tick()));
    }

    void setClock(Duration ahead) {
        entries.add(new Entry.ClockSet(tick(), ahead));
    }

    void killed(String service) {
        entries.add(new Entry.Killed(tick(), service));
    }

    void status(JobStatus status) {
        bus(status.subject(), status);
    }

    private void bus(String subject, Object message) {
        entries.add(new Entry.Bus(
                tick(), "STREAM", ++sequence, subject, new String(Wire.write(message), StandardCharsets.UTF_8)));
    }

    private Instant tick() {
        now = now.plusSeconds(1);
        return now;
    }

    private static RunResult result(String snapshot) {
        return new RunResult.Backup(
                snapshot, 1, 0, 0, 1, 0, 0, 1, 1, 10, 10, 1, 10, 0.5, Optional.empty(), Optional.empty());
    }
}
