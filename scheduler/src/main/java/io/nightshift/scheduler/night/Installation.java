package io.nightshift.scheduler.night;

import io.nightshift.scheduler.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Since when there is a scheduler here: slots before it were not missed. The ledger says so, and a file beside it, as a ledger that was
 * lost is not a first installation.
 */
public final class Installation {
    private static final Logger LOG = Logger.getLogger(Installation.class);
    private static final String FILE = "installed";

    private final Ledger ledger;
    private final Optional<Path> file;
    private Optional<Instant> kept = Optional.empty();

    /** @param directory where it is remembered; without one, only in the ledger */
    public Installation(Ledger ledger, Optional<Path> directory) {
        this.ledger = ledger;
        this.file = directory.map(dir -> dir.resolve(FILE));
    }

    synchronized Instant since(Instant now) {
        if (kept.isEmpty()) {
            kept = file.flatMap(Installation::read);
        }
        var known = ledger.installedAt(kept.orElse(now));
        if (kept.isEmpty()) {
            file.ifPresent(path -> write(path, known));
            kept = file.map(path -> known);
        }
        return kept.filter(known::isAfter).orElse(known);
    }

    private static Optional<Instant> read(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(Instant.parse(Files.readString(file).strip()))
                    : Optional.empty();
        } catch (IOException | DateTimeException e) {
            LOG.warnf("file %s could not be read, it is written anew: %s", file, e.getMessage());
            return Optional.empty();
        }
    }

    private static void write(Path file, Instant since) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            var fresh = file.resolveSibling(FILE + ".new");
            Files.writeString(fresh, since + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warnf(
                    "file %s could not be written: %s; should NATS lose its store, the night of that day will not be begun again",
                    file, e.getMessage());
        }
    }
}
