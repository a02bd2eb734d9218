package io.nightshift.scheduler.service;

import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.FleetFile;
import io.nightshift.scheduler.Bus;
import io.nightshift.scheduler.SchedulerConfig;
import io.nightshift.scheduler.ledger.Ledger;
import io.nightshift.scheduler.night.Nights;
import io.nightshift.scheduler.plan.Planner;
import io.nightshift.scheduler.release.Ends;
import io.nightshift.scheduler.release.Releaser;
import io.nightshift.scheduler.request.Requests;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The parts that know nothing of injection. */
class Wiring {
    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    Fleet fleet(SchedulerConfig config) {
        return FleetFile.read(config.fleet(), System.getenv());
    }

    @Produces
    @Singleton
    Nights nights(Fleet fleet, Ledger ledger, Bus bus, SchedulerConfig config) {
        return new Nights(fleet, ledger, bus, config.scheduler().punctual());
    }

    @Produces
    @Singleton
    Planner planner(Fleet fleet, Ledger ledger, Bus bus, SchedulerConfig config) {
        return new Planner(fleet, ledger, bus, config.scheduler().announcementLimit());
    }

    @Produces
    @Singleton
    Releaser releaser(Ledger ledger, Bus bus) {
        return new Releaser(ledger, bus);
    }

    @Produces
    @Singleton
    Ends ends(Fleet fleet, Ledger ledger, Bus bus, Planner planner) {
        return new Ends(fleet, ledger, bus, planner);
    }

    @Produces
    @Singleton
    Requests requests(Fleet fleet, Bus bus, Planner planner, Nights nights) {
        return new Requests(fleet, bus, planner, nights);
    }
}
