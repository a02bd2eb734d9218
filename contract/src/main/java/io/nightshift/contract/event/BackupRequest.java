package io.nightshift.contract.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.nightshift.contract.Command;
import io.nightshift.contract.Work;
import java.util.Optional;

/** Command on {@code backup.request.<host>.<service>.<destination>}: do this now. An empty body is a backup. */
public record BackupRequest(Optional<Snapshot> snapshot, Optional<Work> work) implements Command {

    /** From which ZFS snapshot. */
    public enum Snapshot {
        /** The newest that the host has announced; where there is none yet, a fresh one. */
        @JsonProperty("night")
        NIGHT,
        /** One that is taken first. */
        @JsonProperty("fresh")
        FRESH
    }

    public BackupRequest {
        snapshot = Copies.optional(snapshot);
        work = Copies.optional(work);
        if (snapshot.isPresent() && work.orElse(Work.BACKUP) != Work.BACKUP) {
            throw new IllegalArgumentException(
                    "'snapshot' is for backups, not for " + work.get().word());
        }
    }
}
