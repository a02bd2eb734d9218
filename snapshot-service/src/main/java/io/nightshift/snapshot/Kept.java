package io.nightshift.snapshot;

import io.nightshift.contract.NightId;
import java.time.Instant;
import java.util.Optional;

/**
 * Something of ours on this host: the ZFS snapshots of one name in all datasets, or one copy.
 *
 * @param name tells it from the others
 * @param night for which it was taken; empty if something else than this service took it
 * @param held whether jobs may still need it
 */
public record Kept(String name, Optional<NightId> night, Instant createdAt, boolean held) {

    public boolean isOf(NightId wanted) {
        return night.filter(wanted::equals).isPresent();
    }
}
