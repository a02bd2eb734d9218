package io.nightshift.worker.restic;

import io.nightshift.contract.event.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The time that a snapshot gets: the creation of its ZFS snapshot. Another run on the same one comes some seconds after it, or chance
 * would decide which of the two {@code latest} means, and which of them {@code forget} keeps of that day. Pure.
 */
final class SnapshotTime {
    private static final long MOST_SECONDS = 1440;

    private SnapshotTime() {}

    /**
     * Within the day of the ZFS snapshot, in UTC as forget counts days.
     *
     * @param earlier how many snapshots of this job there are, from runs whose end got lost
     */
    static Instant of(Job.Backup job, int earlier) {
        var created = job.source().createdAt();
        var time = created.plusSeconds(secondsAfter(job) + earlier);
        var endOfDay =
                created.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS).minusSeconds(1);
        return time.isAfter(endOfDay) && created.isBefore(endOfDay) ? endOfDay : time;
    }

    /** What is asked for by day may read from the night's: the later it was asked for, the later it is. */
    private static long secondsAfter(Job.Backup job) {
        if (job.id().night().equals(job.source().night())) {
            return 0;
        }
        long minutes = Duration.between(job.source().createdAt(), job.due()).toMinutes();
        return Math.max(1, Math.min(minutes, MOST_SECONDS));
    }
}
