package io.nightshift.scheduler.state;

import io.nightshift.contract.Target;
import io.nightshift.contract.Work;
import io.nightshift.contract.event.JobStatus;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Completes the board with what is older than the fortnight that is read at the start: the last state of what has not run
 * since, and the last good backup of what has only failed since. A few targets at a time, so that a fleet where nothing
 * works does not keep the server busy.
 */
public final class Remembering {
    private static final int AT_ONCE = 20;

    private final Board board;
    private final History history;
    private final Set<Target> asked = ConcurrentHashMap.newKeySet();
    private boolean begun;

    public Remembering(Board board, History history) {
        this.board = board;
        this.history = history;
    }

    /** One step; blocks. Repeat it for ever: it does nothing when nothing is missing. */
    public synchronized void look() {
        if (!begun) {
            history.latest().forEach(board::remembered);
            begun = true;
            return;
        }
        board.targets().stream()
                .filter(state -> state.good().isEmpty() && !asked.contains(state.target()))
                .limit(AT_ONCE)
                .forEach(state -> remember(state.target()));
    }

    private void remember(Target target) {
        var ends = history.ends(target, Work.BACKUP);
        ends.stream().findFirst().ifPresent(board::remembered);
        ends.stream().filter(JobStatus.Succeeded.class::isInstance).findFirst().ifPresent(board::remembered);
        asked.add(target);
    }
}
