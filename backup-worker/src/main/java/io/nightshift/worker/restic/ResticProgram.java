package io.nightshift.worker.restic;

import io.nightshift.contract.restic.ResticVersion;
import io.nightshift.process.Command;
import io.nightshift.process.Exit;
import io.nightshift.process.ProgramException;
import io.nightshift.process.ProgramRunner;
import io.nightshift.worker.WorkerConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The restic of this machine: looked at once, at the start. */
@ApplicationScoped
class ResticProgram {
    private static final Logger LOG = Logger.getLogger(ResticProgram.class);
    private static final String WANTED = "device-id-for-hardlinks";

    /** The connector begins at LIBRARY_BEFORE - 100 = 900: no job is taken before restic is known to be good. */
    private static final int CHECKS_FIRST = 100;

    private final ProgramRunner runner;
    private final String program;
    private Optional<ResticVersion> version = Optional.empty();
    private boolean stableDirectories;

    ResticProgram(ProgramRunner runner, WorkerConfig config) {
        this.runner = runner;
        this.program = config.worker().restic();
    }

    /** @throws IllegalStateException if there is no restic, or one that is too old: the start ends */
    void start(@Observes @Priority(CHECKS_FIRST) StartupEvent event) throws InterruptedException {
        var found = ask("version").stream()
                .flatMap(line -> ResticVersion.parse(line).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(program + " version says nothing of a version of restic"));
        if (found.compareTo(ResticVersion.LEAST) < 0) {
            throw new IllegalStateException(program + " is restic " + found + ", but " + ResticVersion.LEAST
                    + " or later is needed: older ones do not tell a wrong password from a missing repository;"
                    + " install a newer one (Debian 13 has 0.18), or set nightshift.worker.restic to its path");
        }
        version = Optional.of(found);
        stableDirectories = ask("features").stream().anyMatch(line -> line.startsWith(WANTED + " "));
        LOG.infof("restic version=%s %s=%s", found, WANTED, stableDirectories);
    }

    private List<String> ask(String what) throws InterruptedException {
        var lines = new ArrayList<String>();
        try {
            Exit exit = runner.run(Command.of(program, what).withInherited("PATH", "HOME"), lines::add);
            return exit.succeeded() ? lines : List.of();
        } catch (ProgramException e) {
            throw new IllegalStateException(e.getMessage() + "; restic " + ResticVersion.LEAST + " or later is needed");
        }
    }

    Optional<ResticVersion> version() {
        return version;
    }

    /** A flag that restic does not know is an error to it, so only what it lists is set. */
    Optional<String> features() {
        return stableDirectories ? Optional.of(WANTED + "=true") : Optional.empty();
    }

    String program() {
        return program;
    }
}
