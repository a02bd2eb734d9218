package io.nightshift.scheduler.state;

import io.nightshift.contract.Target;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Failure;
import io.nightshift.contract.event.JobStatus;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was said of a target. Immutable; a status that is heard twice, or too late, changes nothing.
 *
 * @param last how the last backup that began ended; a skipped one never began
 * @param good the last that succeeded
 * @param upkeep how forget, check and restore test ended last
 * @param findings of them, the last end that says whether what is stored is whole
 */
public record TargetState(
        Target target,
        Optional<JobStatus> last,
        Optional<GoodBackup> good,
        Marks marks,
        Map<Work, JobStatus> upkeep,
        Map<Work, JobStatus> findings) {

    static TargetState unheard(Target target) {
        return new TargetState(target, Optional.empty(), Optional.empty(), Marks.EMPTY, Map.of(), Map.of());
    }

    TargetState heard(JobStatus status) {
        if (!status.isFinal()) {
            return this;
        }
        return status.job().work() == Work.BACKUP ? ended(status) : upkept(status);
    }

    private TargetState ended(JobStatus status) {
        boolean begun = !(status instanceof JobStatus.Skipped);
        var newest = begun && isNewer(status, last) ? Optional.of(status) : last;
        var better = GoodBackup.of(status).filter(found -> isNewer(found.at()));
        var marked = marks.with(status.job().night().date(), Mark.of(status));
        return new TargetState(target, newest, better.or(() -> good), marked, upkeep, findings);
    }

    private TargetState upkept(JobStatus status) {
        var found = counts(status) ? with(status, findings) : findings;
        return new TargetState(target, last, good, marks, with(status, upkeep), found);
    }

    private static Map<Work, JobStatus> with(JobStatus status, Map<Work, JobStatus> newest) {
        var work = status.job().work();
        if (!isNewer(status, Optional.ofNullable(newest.get(work)))) {
            return newest;
        }
        var changed = new EnumMap<Work, JobStatus>(Work.class);
        changed.putAll(newest);
        changed.put(work, status);
        return Map.copyOf(changed);
    }

    private static boolean isDamage(JobStatus end) {
        return end.problem().map(Failure::cause).filter(Cause::isDamage).isPresent();
    }

    /** The check or restore test that found stored data damaged, if none of its kind has found it well since. */
    Optional<JobStatus> doubt() {
        return findings.values().stream().filter(TargetState::isDamage).max(Comparator.comparing(JobStatus::at));
    }

    /** Whether an end says how things are: of a backup a success, of upkeep also damage. Others leave open what was known before. */
    static boolean counts(JobStatus end) {
        return end instanceof JobStatus.Succeeded || end.job().work() != Work.BACKUP && isDamage(end);
    }

    /** Whether an earlier end may count that is not known here. */
    boolean lacks(Work work) {
        return work == Work.BACKUP ? good.isEmpty() : upkeep.containsKey(work) && !findings.containsKey(work);
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static boolean isNewer(JobStatus status, Optional<JobStatus> than) {
        return than.isEmpty() || !status.at().isBefore(than.get().at());
    }

    private boolean isNewer(Instant at) {
        return good.isEmpty() || at.isAfter(good.get().at());
    }

    /** The fortnight that ends at a date, oldest first. */
    public List<Marks.Night> nights(LocalDate last) {
        return marks.endingAt(last);
    }
}
