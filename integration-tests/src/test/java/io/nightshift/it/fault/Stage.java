package io.nightshift.it.fault;

import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.it.fault.judge.Entry;
import io.nightshift.it.fault.judge.History;
import io.nightshift.it.fault.judge.Judge;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Assumptions;

/** A site, the machine that backs it up, and all that is seen of both. */
final class Stage implements AutoCloseable {
    private static final Duration NIGHT_LIMIT = Duration.ofSeconds(150);
    private static final Duration TELLING_LIMIT = Duration.ofSeconds(20);

    private final Instant begun = Instant.now();
    private final Site.Kind kind;
    private final Site site;
    private final PhoneServer phone;
    private final Recorder recorder;
    private final Streams streams;
    private final Repositories repositories;
    private final Machine machine;

    Stage(Path folder, Site.Kind kind) throws Exception {
        this.kind = kind;
        site = kind.in(folder);
        phone = new PhoneServer();
        var bus = site.bus(folder.resolve("bus"));
        recorder = new Recorder(bus.url(), site.services());
        streams = new Streams(recorder.connection());
        repositories = new Repositories(folder, site);
        machine = new Machine(folder, site, bus, phone);
    }

    Site.Kind kind() {
        return kind;
    }

    Site site() {
        return site;
    }

    FolderSite folders() {
        return (FolderSite) site;
    }

    ClockSite clock() {
        return (ClockSite) site;
    }

    FakedClock fakedClock() {
        return ((FakedClockSite) site).clock();
    }

    ServerSite servers() {
        return (ServerSite) site;
    }

    Machine machine() {
        return machine;
    }

    ResticWrapper restic() {
        return machine.restic();
    }

    BusServer bus() {
        return machine.bus();
    }

    Streams streams() {
        return streams;
    }

    PhoneServer phone() {
        return phone;
    }

    Recorder recorder() {
        return recorder;
    }

    /** Asks for a night, which finds other data than the one before. */
    NightId begin() throws Exception {
        site.change();
        return streams.startNight();
    }

    /** A night from its beginning to its end. */
    void night() throws Exception {
        awaitEnds(begin());
    }

    /** Until every job of these nights has ended and restic is quiet, or the time is up, which the judge then says. */
    void awaitEnds(NightId... ofNights) {
        awaitOrGoOn(
                NIGHT_LIMIT,
                () -> restic().isQuiet() && List.of(ofNights).stream().allMatch(this::hasEnded));
    }

    void awaitEnd(JobId job) {
        awaitOrGoOn(
                NIGHT_LIMIT,
                () -> restic().isQuiet()
                        && ends().stream().anyMatch(end -> end.job().equals(job)));
    }

    /** Until the clock says so; if it did before, the stage took too long to make. */
    static void awaitTime(Instant time) {
        Assumptions.assumeTrue(Instant.now().isBefore(time), "the stage was ready after " + time);
        Awaitility.await(time.toString())
                .atMost(Duration.ofMinutes(5))
                .until(() -> !Instant.now().isBefore(time));
    }

    /** Where time is the fault itself: nothing tells that an outage has been long enough, or that nothing will happen. */
    static void pass(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    boolean hasEnded(NightId night) {
        return site.targets().stream()
                .allMatch(target -> ends().stream()
                        .anyMatch(end -> end.job().night().equals(night)
                                && end.job().target().equals(target)));
    }

    private static void awaitOrGoOn(Duration limit, Callable<Boolean> condition) {
        try {
            Awaitility.await()
                    .atMost(limit)
                    .pollInterval(Duration.ofMillis(100))
                    .until(condition);
        } catch (ConditionTimeoutException e) {
            // What is missing is for the judge to say.
        }
    }

    /** Until a job of that night was not done, for that cause. */
    void awaitCause(String cause, NightId night) {
        Awaitility.await("a job of " + night + " to meet " + cause)
                .atMost(Duration.ofSeconds(60))
                .until(() -> recorder.entries().stream()
                        .filter(Entry.Bus.class::isInstance)
                        .map(entry -> ((Entry.Bus) entry).body())
                        .anyMatch(body -> body.contains("\"cause\":\"" + cause + "\"") && body.contains(night + "/")));
    }

    void awaitView(NightId night) {
        Awaitility.await("the view of " + night)
                .atMost(Duration.ofSeconds(60))
                .until(() -> recorder.entries().stream()
                        .anyMatch(entry ->
                                entry instanceof Entry.View view && view.night().equals(night)));
    }

    /** What was seen before is kept. */
    void loseStore() throws Exception {
        recorder.collect();
        machine.loseStore(recorder::startAnew);
    }

    List<JobStatus> ends() {
        return new History(recorder.entries()).heardEnds();
    }

    /** How the jobs ended that were not among these before: {@code 2 succeeded, 1 failed}. */
    String outcome(List<JobStatus> before) {
        var counts = new TreeMap<String, Integer>();
        ends().stream().filter(end -> !before.contains(end)).forEach(end -> counts.merge(end.state(), 1, Integer::sum));
        return counts.isEmpty()
                ? "no job ended"
                : String.join(
                        ", ",
                        counts.entrySet().stream()
                                .map(count -> count.getValue() + " " + count.getKey())
                                .toList());
    }

    History history() throws IOException, InterruptedException {
        var entries = new ArrayList<Entry>();
        entries.add(new Entry.Fleet(begun, site.targets()));
        entries.addAll(recorder.entries());
        entries.addAll(restic().entries());
        entries.addAll(phone.messages());
        entries.addAll(machine.deeds());
        entries.addAll(site.deeds());
        entries.addAll(repositories.contents());
        return new History(entries);
    }

    /** What the judge says when everything that is on its way had time to arrive. */
    List<String> judged() throws Exception {
        recorder.collect();
        awaitOrGoOn(TELLING_LIMIT, () -> Judge.broken(history()).isEmpty());
        return Judge.broken(history());
    }

    /** Everything as it was before the fault. */
    void mend() throws Exception {
        phone.outOfOrder(false);
        site.mend();
        machine.mend();
    }

    @Override
    public void close() throws Exception {
        machine.close();
        recorder.close();
        phone.close();
        site.close();
    }
}
