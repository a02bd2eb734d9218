package io.nightshift.scheduler.ledger;

import io.nightshift.contract.JobId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The jobs of a ledger in memory: those that are open with all that they are, those that have ended with little. */
final class JobBook {
    private final Map<JobId, JobEntry> open = new ConcurrentSkipListMap<>();
    private final Map<JobId, EndedJob> ended = new ConcurrentSkipListMap<>();
    private final Map<String, Instant> signs = new ConcurrentHashMap<>();

    synchronized boolean add(JobEntry job) {
        if (open.containsKey(job.id()) || ended.containsKey(job.id())) {
            return false;
        }
        put(job);
        return true;
    }

    synchronized void put(JobEntry job) {
        job.heardAt().ifPresent(at -> sign(job, at));
        if (job.end().isPresent()) {
            open.remove(job.id());
            ended.put(
                    job.id(), new EndedJob(job.id(), job.job().due(), job.end().get()));
        } else if (!ended.containsKey(job.id())) {
            open.merge(job.id(), job, (known, fresh) -> fresh.and(known));
        }
    }

    private void sign(JobEntry job, Instant at) {
        var target = job.target();
        signs.merge(target.destination(), at, JobBook::later);
        signs.merge(target.host() + "/" + target.destination(), at, JobBook::later);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    Optional<JobEntry> job(JobId id) {
        return Optional.ofNullable(open.get(id));
    }

    Collection<JobEntry> open() {
        return open.values();
    }

    Optional<EndedJob> ended(JobId id) {
        return Optional.ofNullable(ended.get(id));
    }

    Collection<EndedJob> ended() {
        return ended.values();
    }

    Optional<Instant> lastSign(String of) {
        return Optional.ofNullable(signs.get(of));
    }

    synchronized void forgetBefore(LocalDate date) {
        open.keySet().removeIf(id -> id.night().date().isBefore(date));
        ended.keySet().removeIf(id -> id.night().date().isBefore(date));
    }
}
