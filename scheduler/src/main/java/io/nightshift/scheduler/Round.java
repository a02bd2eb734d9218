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
import java.util.Optional;

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
        nights.look(now);
        planner.giveUpOnSilentHosts(now);
        overtaken.look(now);
        releaser.look(now);
        ends.look(now);
        // The clock may have gone back, too.
        if (Duration.between(lookedAt, now).abs().compareTo(ALARMS_EVERY) >= 0) {
            off.look(now);
            untaken.look(now);
            overdue.look(now);
            ledger.shrink(now);
            lookedAt = now;
        }
        last = Optional.of(now);
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
