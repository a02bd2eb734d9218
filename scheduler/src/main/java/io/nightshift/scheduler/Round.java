package io.nightshift.scheduler;

import io.nightshift.scheduler.alarm.OffAlarms;
import io.nightshift.scheduler.ledger.Ledger;
import io.nightshift.scheduler.night.Nights;
import io.nightshift.scheduler.overdue.Overdue;
import io.nightshift.scheduler.plan.Planner;
import io.nightshift.scheduler.release.Ends;
import io.nightshift.scheduler.release.Overtaken;
import io.nightshift.scheduler.release.Releaser;
import io.nightshift.scheduler.release.Untaken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** All that depends on the time, in order. Repeating it is harmless, so whatever stops it, the next one goes on. */
public final class Round {
    /** What is counted in hours need not be looked at every second. */
    private static final Duration ALARMS_EVERY = Duration.ofMinutes(1);

    private final Ledger ledger;
    private final Nights nights;
    private final Planner planner;
    private final Releaser releaser;
    private final Ends ends;
    private final Overtaken overtaken;
    private final Untaken untaken;
    private final Overdue overdue;
    private final OffAlarms off;
    private Instant lookedAt = Instant.EPOCH;
    private volatile Optional<Instant> last = Optional.empty();

    public Round(
            Ledger ledger,
            Nights nights,
            Planner planner,
            Releaser releaser,
            Ends ends,
            Overtaken overtaken,
            Untaken untaken,
            Overdue overdue,
            OffAlarms off) {
        this.ledger = ledger;
        this.nights = nights;
        this.planner = planner;
        this.releaser = releaser;
        this.ends = ends;
        this.overtaken = overtaken;
        this.untaken = untaken;
        this.overdue = overdue;
        this.off = off;
    }

    public void look(Instant now) {
        var steps = new ArrayList<Consumer<Instant>>(
                List.of(nights::look, planner::giveUpOnSilentHosts, overtaken::look, releaser::look, ends::look));
        // The clock may have gone back, too.
        boolean alarms = Duration.between(lookedAt, now).abs().compareTo(ALARMS_EVERY) >= 0;
        if (alarms) {
            steps.addAll(List.of(off::look, untaken::look, overdue::look, ledger::shrink));
        }
        all(steps, now);
        if (alarms) {
            lookedAt = now;
        }
        last = Optional.of(now);
    }

    /** What is wrong with one job or host must not keep the others waiting, or alarms unsaid. */
    private static void all(List<Consumer<Instant>> steps, Instant now) {
        var failures = new ArrayList<RuntimeException>();
        for (var step : steps) {
            try {
                step.accept(now);
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            var first = failures.get(0);
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }

    /** The part of a look that a job which is due when it is planned waits for. */
    public void release(Instant now) {
        releaser.look(now);
    }

    /** The last look that came to its end. */
    public Optional<Instant> last() {
        return last;
    }
}
