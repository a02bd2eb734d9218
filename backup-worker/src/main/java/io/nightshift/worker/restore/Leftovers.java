package io.nightshift.worker.restore;

import io.nightshift.contract.Target;
import io.nightshift.worker.WorkerConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Removes at the start what killed workers have restored for a test: the next test of the same target would, but may never come.
 * Only what this worker's host and destinations own, and no live process has. No problem with it ends a start.
 */
@ApplicationScoped
class Leftovers {
    private static final Logger LOG = Logger.getLogger(Leftovers.class);

    /** After the checks of the settings (100), and before the connector brings a job (900): see {@link Scratch#of}. */
    private static final int BEFORE_ANY_JOB = 200;

    private final WorkerConfig.Worker config;

    Leftovers(WorkerConfig config) {
        this.config = config.worker();
    }

    void start(@Observes @Priority(BEFORE_ANY_JOB) StartupEvent event) {
        remove();
    }

    void remove() {
        var home = Scratch.home(config.stateDir());
        if (!Files.isDirectory(home)) {
            return;
        }
        try (var folders = Files.newDirectoryStream(home, each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))) {
            for (var folder : folders) {
                target(folder).filter(this::isOurs).ifPresent(target -> remove(home, target));
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warnf("what killed workers have left in %s stays: %s", home, e);
        }
    }

    private static Optional<Target> target(Path folder) {
        try {
            return Optional.of(Target.parse(String.valueOf(folder.getFileName()).replace('.', '/')));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // none of ours: whoever put it there may keep it
        }
    }

    private boolean isOurs(Target target) {
        return target.host().equals(config.host()) && config.destinations().contains(target.destination());
    }

    private static void remove(Path home, Target target) {
        try {
            Scratch.of(home, target).ifPresent(scratch -> {
                scratch.close();
                LOG.infof("removed what a killed worker has restored for a test: target=%s", target);
            });
        } catch (UncheckedIOException e) {
            LOG.warnf("stays in %s until the next start: target=%s why=%s", home, target, e.getMessage());
        }
    }
}
