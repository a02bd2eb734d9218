package io.nightshift.scheduler.state;

import io.nightshift.contract.Target;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.JobStatus;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Completes the board with what is older than the fortnight that is read at the start: the last state of what has not run
 * since, the last good backup of what has only failed since, and what upkeep had found that has left it open since. A few at a time, so
 * that a fleet where nothing works does not keep the server busy.
 */
public final class Remembering {
    private static final int AT_ONCE = 20;

    private final Board board;
    private final History history;
    private final Set<Jobs> asked = ConcurrentHashMap.newKeySet();
    private final Set<Jobs> unended = ConcurrentHashMap.newKeySet();
    private boolean begun;

    /** Of one kind, on one repository. */
    private record Jobs(Target target, Work work) {
        static Jobs of(JobStatus status) {
            return new Jobs(status.job().target(), status.job().work());
        }
    }

    public Remembering(Board board, History history) {
        this.board = board;
        this.history = history;
    }

    /** One step; blocks. Repeat it for ever: it does nothing when nothing is missing. */
    public synchronized void look() {
        if (!begun) {
            var latest = history.latest();
            latest.forEach(board::remembered);
            latest.stream().filter(Remembering::hidesFinding).map(Jobs::of).forEach(unended::add);
            begun = true;
            return;
        }
        Stream.concat(unended.stream(), board.targets().stream().flatMap(Remembering::lacking))
                .filter(jobs -> !asked.contains(jobs))
                .limit(AT_ONCE)
                .forEach(this::remember);
    }

    /** One that waits or runs says nothing of the one before. */
    private static boolean hidesFinding(JobStatus latest) {
        return !latest.isFinal() && latest.job().work() != Work.BACKUP;
    }

    private static Stream<Jobs> lacking(TargetState state) {
        return Stream.of(Work.values()).filter(state::lacks).map(work -> new Jobs(state.target(), work));
    }

    private void remember(Jobs jobs) {
        var ends = history.ends(jobs.target(), jobs.work());
        ends.stream().findFirst().ifPresent(board::remembered);
        ends.stream().filter(TargetState::counts).findFirst().ifPresent(board::remembered);
        asked.add(jobs);
    }
}
