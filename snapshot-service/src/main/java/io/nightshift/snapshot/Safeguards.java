package io.nightshift.snapshot;

import io.nightshift.contract.event.SafeguardAnswer;
import java.nio.file.Path;
import java.util.List;

/** Keeps how data is, before a restore in place changes it; not for ever. Thread-safe. */
public interface Safeguards {
    /**
     * @param paths of the service
     * @param dryRun only says what would be taken
     * @return for a repeat, what is there already
     * @throws SnapshotException if there is none
     */
    SafeguardAnswer.Taken take(SafeguardName name, List<Path> paths, boolean dryRun) throws InterruptedException;

    /** Destroys what has been kept for long enough, and nothing that somebody holds. */
    void tidy() throws InterruptedException;
}
