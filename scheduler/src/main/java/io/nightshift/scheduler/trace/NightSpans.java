package io.nightshift.scheduler.trace;

import io.nightshift.contract.NightId;
import io.nightshift.contract.TraceContext;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.RunResult;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.scheduler.ledger.JobEntry;
import io.nightshift.scheduler.ledger.Ledger;
import io.nightshift.scheduler.ledger.NightEntry;
import io.nightshift.scheduler.plan.Planner;
import io.nightshift.scheduler.release.Ends;
import io.nightshift.telemetry.trace.Span;
import io.nightshift.telemetry.trace.Traces;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Records a night when its last job has ended, in it the taking of the ZFS snapshots, and each job from when it was due, in that the run of
 * restic that ended it. A job that a person asked for is a trace of its own.
 */
public final class NightSpans implements Planner.HostListener, Ends.NightListener, Ends.EndListener {
    private final Ledger ledger;
    private final Traces traces;

    public NightSpans(Ledger ledger, Traces traces) {
        this.ledger = ledger;
        this.traces = traces;
    }

    @Override
    public void ready(NightEntry night, SnapshotEvent.Ready ready) {
        snapshot(night, ready.host(), ready.at(), Optional.empty());
    }

    /** There will be none, so its night is over. */
    @Override
    public void failed(NightEntry night, String host, String reason, Instant now) {
        snapshot(night, host, now, Optional.of(reason));
        night(night, host, now, Optional.of("no ZFS snapshot: " + reason));
    }

    @Override
    public void ended(NightEntry night, String host, Instant now) {
        night(night, host, now, Optional.empty());
    }

    private void snapshot(NightEntry night, String host, Instant end, Optional<String> error) {
        var whole = TraceContext.of(night.night().id(), host);
        var names = about(night.night().id(), host);
        traces.record(new Span(
                whole.part("snapshot"),
                Optional.of(whole),
                "snapshot",
                start(night.begunAt(), end),
                end,
                names,
                error));
    }

    private void night(NightEntry night, String host, Instant end, Optional<String> error) {
        var id = night.night().id();
        traces.record(new Span(
                TraceContext.of(id, host),
                Optional.empty(),
                "night",
                start(night.begunAt(), end),
                end,
                about(id, host),
                error));
    }

    @Override
    public void ended(JobStatus end, Optional<JobEntry> planned) {
        var job = end.job();
        var context = TraceContext.of(job);
        var parent = ledger.night(job.night())
                .map(night -> TraceContext.of(job.night(), job.target().host()));
        var due = planned.map(entry -> entry.job().due()).orElse(end.at());
        var names = about(end);
        traces.record(new Span(
                context,
                parent,
                job.work().word(),
                start(due, end.at()),
                end.at(),
                names,
                end.problem().map(Failure::message)));
        end.outcome().ifPresent(result -> restic(context, result, end.at(), names));
    }

    private void restic(TraceContext job, RunResult result, Instant reported, Map<String, String> names) {
        var end = result instanceof RunResult.Backup backup ? backup.endedAt().orElse(reported) : reported;
        var start = end.minus(Duration.ofMillis(Math.round(result.durationSeconds() * 1000)));
        traces.record(new Span(job.part("restic"), Optional.of(job), "restic", start, end, names, Optional.empty()));
    }

    /** Clocks differ, and nothing ends before it begins. */
    private static Instant start(Instant begun, Instant end) {
        return begun.isBefore(end) ? begun : end;
    }

    private static Map<String, String> about(NightId night, String host) {
        return Map.of("nightshift.night", night.toString(), "nightshift.host", host);
    }

    private static Map<String, String> about(JobStatus end) {
        var target = end.job().target();
        var names = new HashMap<>(about(end.job().night(), target.host()));
        names.put("nightshift.job", end.job().toString());
        names.put("nightshift.service", target.service());
        names.put("nightshift.destination", target.destination());
        names.put("nightshift.state", end.state());
        names.put("nightshift.attempt", Integer.toString(end.attempt()));
        end.problem()
                .ifPresent(
                        failure -> names.put("nightshift.cause", failure.cause().word()));
        return names;
    }
}
