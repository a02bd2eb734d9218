package io.nightshift.snapshot.copy;

import io.nightshift.contract.event.SafeguardAnswer;
import io.nightshift.snapshot.SafeguardName;
import io.nightshift.snapshot.Safeguards;
import io.nightshift.snapshot.SnapshotException;
import java.nio.file.Path;
import java.util.List;

/** A host without ZFS has nothing that keeps an instant at once. */
public final class NoSafeguards implements Safeguards {
    @Override
    public SafeguardAnswer.Taken take(SafeguardName name, List<Path> paths, boolean dryRun) {
        throw new SnapshotException(
                "this host has 'snapshot: copy', and no ZFS", "deploy the same fleet file everywhere");
    }

    @Override
    public void tidy() {
        // nothing was taken
    }
}
