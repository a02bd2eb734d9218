package io.nightshift.it.fault.judge;

import io.nightshift.it.fault.judge.Entry.ResticEnded;
import io.nightshift.it.fault.judge.Entry.ResticStarted;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** A repository is created once: never where there was one that could be used. */
final class OneRepository implements Judge.Promise {
    @Override
    public Stream<String> broken(History history) {
        return history.all(ResticStarted.class).stream()
                .filter(start -> start.command().equals("init"))
                .flatMap(init -> usedBefore(history, init).stream()
                        .map(used -> "repository " + init.repository() + " was created anew at " + init.at() + " (run "
                                + init.run() + "), and had been used at " + used));
    }

    private static Optional<Instant> usedBefore(History history, ResticStarted init) {
        return history.all(ResticStarted.class).stream()
                .filter(start -> start.repository().equals(init.repository())
                        && start.at().isBefore(init.at()))
                .filter(start -> hasSucceeded(history, start))
                .map(ResticStarted::at)
                .findFirst();
    }

    private static boolean hasSucceeded(History history, ResticStarted start) {
        return history.all(ResticEnded.class).stream()
                .anyMatch(end -> end.run().equals(start.run())
                        && end.exit().filter(code -> code == 0).isPresent());
    }
}
