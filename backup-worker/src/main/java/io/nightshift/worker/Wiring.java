package io.nightshift.worker;

import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.FleetFile;
import io.nightshift.contract.fleet.InvalidFleetException;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** What the parts of this service are made from. The default ones are one for all roles where they share a process. */
@Singleton
class Wiring {
    private static final Logger LOG = Logger.getLogger(Wiring.class);

    /** The connector begins at LIBRARY_BEFORE - 100 = 900. */
    private static final int CHECKS_FIRST = 100;

    /** Before anything is taken from the bus, so that a wrong fleet file or setting ends the start. */
    void check(@Observes @Priority(CHECKS_FIRST) StartupEvent event, Fleet fleet, WorkerConfig config) {
        LOG.infof("fleet file=%s hosts=%s", fleet.file(), fleet.hosts().keySet());
        var problems =
                OwnFleet.problems(fleet, config.worker().host(), config.worker().destinations());
        if (!problems.isEmpty()) {
            problems.forEach(LOG::error);
            throw new IllegalStateException(String.join("\n", problems));
        }
    }

    @Produces
    @Singleton
    @DefaultBean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    WorkerName name() {
        return new WorkerName(hostName() + "-" + ProcessHandle.current().pid());
    }

    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** Everything that is wrong with it is said at once, one a line; then the start ends. */
    @Produces
    @Singleton
    @DefaultBean
    Fleet fleet(WorkerConfig config) {
        try {
            return FleetFile.read(config.fleet(), System.getenv());
        } catch (InvalidFleetException e) {
            e.problems().forEach(problem -> LOG.error(problem.toString()));
            throw new IllegalStateException("the fleet file cannot be used:\n" + e.getMessage(), e);
        }
    }
}
