package io.nightshift.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.JobId;
import io.nightshift.contract.NightId;
import io.nightshift.contract.Target;
import io.nightshift.contract.TraceContext;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.StartNight;
import io.nightshift.scheduler.ledger.JobEntry;
import io.nightshift.scheduler.ledger.Ledger;
import io.nightshift.scheduler.ledger.MemoryLedger;
import io.nightshift.scheduler.trace.NightSpans;
import io.nightshift.telemetry.trace.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightSpansTest {
    private static final Instant BEGUN = Instant.parse("2026-04-16T16:00:00Z");
    private static final Instant READY = BEGUN.plusSeconds(3);
    private static final Instant ENDED = BEGUN.plusSeconds(600);
    private static final NightId NIGHT = new NightId("2026-04-17");
    private static final TraceContext WHOLE = TraceContext.of(NIGHT, "daedalus");

    @TempDir
    Path dir;

    private final Ledger ledger = new MemoryLedger();
    private final List<Span> spans = new ArrayList<>();
    private TestScheduler scheduler;

    @BeforeEach
    void begin() throws IOException {
        scheduler = new TestScheduler(Fleets.twenty(dir), ledger, new RecordingBus());
        var recorded = new NightSpans(ledger, spans::add);
        scheduler.planner.onHost(recorded);
        scheduler.ends.onNightEnd(recorded);
        scheduler.ends.onEnd(recorded);
        scheduler.nights.heard(
                new StartNight(Optional.of(NIGHT), Optional.of(BEGUN), Optional.empty(), List.of()), BEGUN, BEGUN);
    }

    @Test
    void a_night_holds_its_snapshot_and_its_jobs_and_each_job_its_run_of_restic() {
        scheduler.ready(NIGHT, BEGUN, READY);
        var jobs = ledger.jobs().stream().map(JobEntry::job).toList();
        jobs.forEach(job -> scheduler.hear(Samples.succeeded(job.id(), ENDED), ENDED));
        scheduler.look(ENDED.plusSeconds(1));

        var night = only("night");
        assertThat(night.context()).isEqualTo(WHOLE);
        assertThat(night.parent()).isEmpty();
        assertThat(night.start()).isEqualTo(BEGUN);
        assertThat(night.end()).isEqualTo(ENDED.plusSeconds(1));
        assertThat(only("snapshot").parent()).contains(WHOLE);
        assertThat(only("snapshot").end()).isEqualTo(READY);
        var job = jobs.get(0);
        var backup = spanOf(job);
        assertThat(backup.name()).isEqualTo("backup");
        assertThat(backup.parent()).contains(WHOLE);
        assertThat(backup.start()).isEqualTo(job.due());
        assertThat(backup.end()).isEqualTo(ENDED);
        assertThat(backup.error()).isEmpty();
        assertThat(backup.attributes()).containsEntry("nightshift.state", "succeeded");
        assertThat(spans)
                .filteredOn(span -> span.parent().equals(Optional.of(TraceContext.of(job.id()))))
                .singleElement()
                .satisfies(restic -> assertThat(Duration.between(restic.start(), restic.end()))
                        .isEqualTo(Duration.ofMillis(500)));
    }

    @Test
    void what_went_wrong_is_said_and_what_is_told_twice_is_recorded_once() {
        scheduler.ready(NIGHT, BEGUN, READY);
        var job = ledger.jobs().iterator().next().job();
        var failed = new JobStatus.Failed(job.id(), ENDED, 1, Failure.of(Cause.WRONG_PASSWORD, "wrong password", ""));
        scheduler.hear(failed, ENDED);
        scheduler.hear(failed, ENDED);

        assertThat(spanOf(job).error()).contains("wrong password");
        assertThat(spanOf(job).attributes()).containsEntry("nightshift.cause", "wrong-password");
    }

    @Test
    void a_night_without_zfs_snapshots_ends_with_that() {
        scheduler.planner.fail(ledger.night(NIGHT).orElseThrow(), "daedalus", "out of space", "free some", READY);

        assertThat(only("night").error()).contains("no ZFS snapshot: out of space");
        assertThat(only("snapshot").error()).contains("out of space");
    }

    @Test
    void a_job_of_no_known_night_is_a_trace_of_its_own() {
        var job = JobId.backup(new NightId("2026-04-18T093000.000"), Target.parse("daedalus/app1/local"));
        scheduler.hear(Samples.succeeded(job, ENDED), ENDED);

        assertThat(only("backup").parent()).isEmpty();
    }

    private Span only(String name) {
        var found = spans.stream().filter(span -> span.name().equals(name)).toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private Span spanOf(Job job) {
        var context = TraceContext.of(job.id());
        var found =
                spans.stream().filter(span -> span.context().equals(context)).toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
