package io.nightshift.contract.event;

import io.nightshift.contract.JobId;
import io.nightshift.contract.Subjects;
import java.time.Instant;
import java.util.Optional;

/**
 * On {@code backup.progress.<host>.<service>.<destination>}, about once a second, not kept.
 *
 * @param percent 0 to 100
 * @param bytesPerSecond since the start of the run
 * @param secondsLeft restic's estimate, where it has one
 */
public record Progress(
        JobId job,
        Instant at,
        double percent,
        long bytesDone,
        long bytesTotal,
        long filesDone,
        long filesTotal,
        long bytesPerSecond,
        Optional<Long> secondsLeft) {
    public Progress {
        Copies.required("job", job);
        Copies.required("at", at);
        secondsLeft = Copies.optional(secondsLeft);
    }

    public String subject() {
        return Subjects.progress(job.target());
    }
}
