package io.nightshift.scheduler.ledger;

import io.nightshift.contract.JobId;
import io.nightshift.contract.Target;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The jobs of a ledger in memory: those that are open with all that they are, those that have ended with little. */
final class JobBook {
    private final Map<JobId, JobEntry> open = new ConcurrentSkipListMap<>();
    private final Map<JobId, EndedJob> ended = new ConcurrentSkipListMap<>();
    private final Map<String, Instant> signs = new ConcurrentHashMap<>();
    /** Those of {@link #open} that wait to be handed out; forget comes before check where both are due. */
    private final NavigableSet<JobEntry> waiting = new TreeSet<>(
            Comparator.comparing((JobEntry entry) -> entry.job().due()).thenComparing(JobEntry::id));
    /** Those of {@link #open} that were handed out. */
    private final Map<Target, Set<JobId>> out = new HashMap<>();

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
            var known = open.remove(job.id());
            if (known != null) {
                unlist(known);
            }
            ended.put(
                    job.id(), new EndedJob(job.id(), job.job().due(), job.end().get()));
        } else if (!ended.containsKey(job.id())) {
            var known = open.get(job.id());
            if (known != null) {
                unlist(known);
            }
            var both = known == null ? job : job.and(known);
            open.put(job.id(), both); // in its place: others look without a lock
            list(both);
        }
    }

    private void list(JobEntry job) {
        if (job.isWaiting()) {
            waiting.add(job);
        } else {
            out.computeIfAbsent(job.target(), target -> new HashSet<>()).add(job.id());
        }
    }

    private void unlist(JobEntry job) {
        waiting.remove(job);
        out.computeIfPresent(job.target(), (target, ids) -> ids.remove(job.id()) && ids.isEmpty() ? null : ids);
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

    /** @see Ledger#due */
    synchronized List<JobEntry> due(Instant now) {
        var due = new LinkedHashMap<Target, JobEntry>();
        for (var job : waiting) {
            if (job.job().due().isAfter(now)) {
                break;
            }
            if (!out.containsKey(job.target())) {
                due.putIfAbsent(job.target(), job);
            }
        }
        return List.copyOf(due.values());
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
        open.values().removeIf(job -> {
            boolean old = job.id().night().date().isBefore(date);
            if (old) {
                unlist(job);
            }
            return old;
        });
        ended.keySet().removeIf(id -> id.night().date().isBefore(date));
    }
}
