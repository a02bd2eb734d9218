package io.nightshift.it.fault.judge;

import io.nightshift.it.fault.judge.Entry.ResticStarted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Never two processes of restic at once that write to the same repository. */
final class OneWriter implements Judge.Promise {
    private static final Set<String> WRITERS = Set.of("backup", "forget", "prune", "init", "unlock");

    @Override
    public Stream<String> broken(History history) {
        var ends = history.all(Entry.ResticEnded.class).stream()
                .collect(Collectors.toMap(
                        Entry.ResticEnded::run,
                        Entry.ResticEnded::at,
                        (one, other) -> one.isBefore(other) ? one : other));
        var found = new ArrayList<String>();
        history.all(ResticStarted.class).stream()
                .filter(start -> WRITERS.contains(start.command()))
                .collect(Collectors.groupingBy(ResticStarted::repository))
                .forEach((repository, starts) -> {
                    for (int i = 0; i < starts.size(); i++) {
                        for (var later : starts.subList(i + 1, starts.size())) {
                            if (later.at().isBefore(end(starts.get(i), ends))) {
                                found.add(sentence(repository, starts.get(i), later, ends));
                            }
                        }
                    }
                });
        return found.stream();
    }

    private static Instant end(ResticStarted start, Map<String, Instant> ends) {
        return ends.getOrDefault(start.run(), Instant.MAX);
    }

    private static String sentence(
            String repository, ResticStarted first, ResticStarted second, Map<String, Instant> ends) {
        var end = end(first, ends);
        return "repository " + repository + " had two writers: " + shown(first) + " from " + first.at() + " to "
                + (end.equals(Instant.MAX) ? "the end" : end) + ", and " + shown(second) + " from " + second.at();
    }

    private static String shown(ResticStarted start) {
        return "restic " + start.command() + " (run " + start.run() + ", pid " + start.pid()
                + start.tag("job").map(job -> ", job " + job).orElse("") + ")";
    }
}
