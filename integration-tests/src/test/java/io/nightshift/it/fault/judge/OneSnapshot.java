package io.nightshift.it.fault.judge;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A job is never run to a second snapshot. */
final class OneSnapshot implements Judge.Promise {
    @Override
    public Stream<String> broken(History history) {
        return history.all(Entry.Kept.class).stream()
                .filter(kept -> kept.tag("job").isPresent())
                .collect(Collectors.groupingBy(kept -> kept.tag("job").orElseThrow()))
                .entrySet()
                .stream()
                .filter(job -> job.getValue().stream()
                                .map(Entry.Kept::snapshot)
                                .distinct()
                                .count()
                        > 1)
                .map(job -> "job " + job.getKey() + " was run to more than one snapshot: "
                        + job.getValue().stream()
                                .map(Entry.Kept::snapshot)
                                .distinct()
                                .collect(Collectors.joining(", ")));
    }
}
