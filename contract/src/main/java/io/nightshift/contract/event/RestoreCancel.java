package io.nightshift.contract.event;

import io.nightshift.contract.Command;
import java.util.Optional;

/**
 * Command on {@code backup.cancel.<host>.<service>.<destination>}: end a restore. The service is started again, and what
 * came back stays.
 *
 * @param id of the restore; without it, whichever runs at the moment
 */
public record RestoreCancel(Optional<String> id) implements Command {
    public RestoreCancel {
        id = Copies.optional(id);
    }
}
