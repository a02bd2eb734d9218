package io.nightshift.scheduler.ledger;

import io.nightshift.contract.NightId;
import io.nightshift.contract.Target;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.RunResult;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of the last runs of one kind of work on a repository; kept for ever, unlike the jobs.
 *
 * @param since when it was first seen, or switched on again: nothing is overdue by what lies before
 * @param off whether it was switched off when it was last looked at
 * @param good the last success
 * @param bad the last other end, if it came after the last success
 */
public record Freshness(Target target, Work work, Instant since, boolean off, Optional<Good> good, Optional<Bad> bad) {

    /**
     * A success.
     *
     * @param data how old what it holds is: the creation of the ZFS snapshot; of upkeep, when it ended
     * @param snapshot restic's; of a backup
     */
    public record Good(
            Instant data, Instant endedAt, NightId night, Optional<String> snapshot, long files, long bytes) {
        public Good {
            snapshot = snapshot == null ? Optional.empty() : snapshot;
        }
    }

    /** Any other end. */
    public record Bad(Instant at, String state, Cause cause) {}

    public Freshness {
        good = good == null ? Optional.empty() : good;
        bad = bad == null ? Optional.empty() : bad;
    }

    public static Freshness firstSeen(Target target, Work work, Instant now) {
        return new Freshness(target, work, now, false, Optional.empty(), Optional.empty());
    }

    /**
     * That of upkeep of the same repository, as long as there is no other.
     *
     * @param known since when there is such work at all
     */
    public Freshness ofUpkeep(Work upkeep, Instant known) {
        var later = since.isAfter(known) ? since : known;
        return new Freshness(target, upkeep, later, off, Optional.empty(), Optional.empty());
    }

    /** In a bucket, and as the name of an alert. */
    public static String key(Target target, Work work) {
        return target + (work == Work.BACKUP ? "" : "/" + work.word());
    }

    public String key() {
        return key(target, work);
    }

    public Freshness switched(boolean nowOff, Instant now) {
        return new Freshness(target, work, nowOff ? since : now, nowOff, good, bad);
    }

    /** After an end; one that is older than what is known changes nothing, so states may come late, twice, or in any order. */
    public Freshness after(JobStatus end, Instant data) {
        var result = end.outcome();
        if (end instanceof JobStatus.Succeeded && result.isPresent()) {
            var next = good(end, data, result.get());
            var newest = good.filter(known -> known.data().isAfter(data)).orElse(next);
            return new Freshness(
                    target, work, since, off, Optional.of(newest), bad.filter(b -> b.at().isAfter(newest.endedAt())));
        }
        boolean past = good.filter(g -> !g.endedAt().isBefore(end.at())).isPresent()
                || bad.filter(b -> !b.at().isBefore(end.at())).isPresent();
        var cause = end.problem().map(failure -> failure.cause()).orElse(Cause.OTHER);
        return past
                ? this
                : new Freshness(target, work, since, off, good, Optional.of(new Bad(end.at(), end.state(), cause)));
    }

    private static Good good(JobStatus end, Instant data, RunResult result) {
        var night = end.job().night();
        return result instanceof RunResult.Backup backup
                ? new Good(
                        data,
                        end.at(),
                        night,
                        Optional.of(backup.snapshot()),
                        backup.filesProcessed(),
                        backup.bytesProcessed())
                : new Good(data, end.at(), night, Optional.empty(), 0, 0);
    }

    /** From when on its age counts. */
    public Instant freshAt() {
        return good.map(Good::data).filter(since::isBefore).orElse(since);
    }
}
