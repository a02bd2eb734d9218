package io.nightshift.serve;

import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.FleetFile;
import io.nightshift.scheduler.SchedulerConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** What more than one role makes for itself where it runs alone. */
class Shared {
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
}
