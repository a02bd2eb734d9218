package io.nightshift.contract.event;

import io.nightshift.contract.Subjects;
import io.nightshift.contract.Target;
import java.time.Instant;

/**
 * On {@code backup.restoring.<host>.<service>.<destination>}, about once a second, not kept.
 *
 * @param percent 0 to 100
 * @param bytesPerSecond since restic began
 */
public record RestoreProgress(
        String restore,
        Target target,
        Instant at,
        double percent,
        long bytesDone,
        long bytesTotal,
        long filesDone,
        long filesTotal,
        long bytesPerSecond) {
    public RestoreProgress {
        Copies.required("restore", restore);
        Copies.required("target", target);
        Copies.required("at", at);
    }

    public String subject() {
        return Subjects.restoring(target);
    }
}
