package io.nightshift.contract.event;

import io.nightshift.contract.Command;

/**
 * Request on {@code backup.safeguard.<host>.<service>.<destination>}: take ZFS snapshots of the datasets that the service's data
 * is on, before a restore changes it. The snapshot-service of the host answers with a {@link SafeguardAnswer}. Asked twice for
 * one restore, those of the first time stay.
 *
 * @param restore the id of the restore; a part of the name
 * @param dryRun only says what would be taken, or why it cannot be
 */
public record Safeguard(String restore, boolean dryRun) implements Command {
    public Safeguard {
        RestoreRequest.requireId("restore", Copies.required("restore", restore));
    }
}
