package io.nightshift.scheduler;

import io.nightshift.contract.NightId;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.fleet.Fleet;
import io.nightshift.scheduler.alarm.Alarms;
import io.nightshift.scheduler.alarm.OffAlarms;
import io.nightshift.scheduler.ledger.Ledger;
import io.nightshift.scheduler.night.Installation;
import io.nightshift.scheduler.night.Nights;
import io.nightshift.scheduler.overdue.Overdue;
import io.nightshift.scheduler.plan.Planner;
import io.nightshift.scheduler.release.Ends;
import io.nightshift.scheduler.release.Overtaken;
import io.nightshift.scheduler.release.Releaser;
import io.nightshift.scheduler.release.Untaken;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The whole scheduler on any ledger and bus, with a set time. Another one on the same ledger is a restart. */
final class TestScheduler {
    static final Duration ANNOUNCEMENT_LIMIT = Duration.ofMinutes(15);
    static final Duration WAITING_AFTER = Duration.ofHours(1);

    private final Ledger ledger;
    final Nights nights;
    final Planner planner;
    final Ends ends;
    private final Round round;

    TestScheduler(Fleet fleet, Ledger ledger, Bus bus) {
        this(fleet, ledger, bus, Optional.empty());
    }

    TestScheduler(Fleet fleet, Ledger ledger, Bus bus, Optional<Path> state) {
        this.ledger = ledger;
        var alarms = new Alarms(ledger, bus);
        var overdue = new Overdue(fleet, ledger, alarms, Together.oneAfterTheOther());
        nights = new Nights(fleet, ledger, bus, Duration.ofMinutes(1), new Installation(ledger, state));
        planner = new Planner(fleet, ledger, bus, ANNOUNCEMENT_LIMIT, Together.oneAfterTheOther());
        ends = new Ends(fleet, ledger, bus, planner, overdue);
        round = new Round(
                ledger,
                nights,
                planner,
                new Releaser(ledger, bus, Together.oneAfterTheOther()),
                ends,
                new Overtaken(fleet, ledger, bus, ends),
                new Untaken(fleet, ledger, alarms, WAITING_AFTER),
                overdue,
                new OffAlarms(fleet, alarms));
    }

    void look(Instant now) {
        round.look(now);
    }

    /** The host answers that its ZFS snapshot is there. */
    void ready(NightId night, Instant slot, Instant now) {
        planner.ready(ledger.night(night).orElseThrow(), Samples.ready("daedalus", night, slot, now), now);
    }

    void hear(JobStatus status, Instant now) {
        ends.heard(status, now);
    }
}
