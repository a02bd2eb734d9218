package io.nightshift.scheduler.service;

import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.FleetFile;
import io.nightshift.scheduler.Bus;
import io.nightshift.scheduler.Round;
import io.nightshift.scheduler.SchedulerConfig;
import io.nightshift.scheduler.Together;
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
import io.nightshift.scheduler.request.Requests;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The parts that know nothing of injection. The default ones are one for all roles where they share a process. */
class Wiring {
    /** Enough to keep a server busy that writes each message to the disk. */
    private static final int AT_ONCE = 16;

    @Produces
    @Singleton
    @DefaultBean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    @DefaultBean
    Fleet fleet(SchedulerConfig config) {
        return FleetFile.read(config.fleet(), System.getenv());
    }

    @Produces
    @Singleton
    Together together() {
        return Together.atOnce(AT_ONCE);
    }

    @Produces
    @Singleton
    Nights nights(Fleet fleet, Ledger ledger, Bus bus, SchedulerConfig config) {
        var installation = new Installation(ledger, config.scheduler().stateDir());
        return new Nights(fleet, ledger, bus, config.scheduler().punctual(), installation);
    }

    @Produces
    @Singleton
    Planner planner(Fleet fleet, Ledger ledger, Bus bus, SchedulerConfig config, Together together) {
        return new Planner(fleet, ledger, bus, config.scheduler().announcementLimit(), together);
    }

    @Produces
    @Singleton
    Releaser releaser(Ledger ledger, Bus bus, Together together) {
        return new Releaser(ledger, bus, together);
    }

    @Produces
    @Singleton
    Alarms alarms(Ledger ledger, Bus bus) {
        return new Alarms(ledger, bus);
    }

    @Produces
    @Singleton
    OffAlarms offAlarms(Fleet fleet, Alarms alarms) {
        return new OffAlarms(fleet, alarms);
    }

    @Produces
    @Singleton
    Overdue overdue(Fleet fleet, Ledger ledger, Alarms alarms, Together together) {
        return new Overdue(fleet, ledger, alarms, together);
    }

    @Produces
    @Singleton
    Overtaken overtaken(Fleet fleet, Ledger ledger, Bus bus, Ends ends) {
        return new Overtaken(fleet, ledger, bus, ends);
    }

    @Produces
    @Singleton
    Untaken untaken(Fleet fleet, Ledger ledger, Alarms alarms, SchedulerConfig config) {
        return new Untaken(fleet, ledger, alarms, config.scheduler().waitingAfter());
    }

    @Produces
    @Singleton
    Round round(
            Ledger ledger,
            Nights nights,
            Planner planner,
            Releaser releaser,
            Ends ends,
            Overtaken overtaken,
            Untaken untaken,
            Overdue overdue,
            OffAlarms off) {
        return new Round(ledger, nights, planner, releaser, ends, overtaken, untaken, overdue, off);
    }

    @Produces
    @Singleton
    Ends ends(Fleet fleet, Ledger ledger, Bus bus, Planner planner, Overdue overdue) {
        return new Ends(fleet, ledger, bus, planner, overdue);
    }

    @Produces
    @Singleton
    Requests requests(Fleet fleet, Bus bus, Planner planner, Nights nights) {
        return new Requests(fleet, bus, planner, nights);
    }
}
