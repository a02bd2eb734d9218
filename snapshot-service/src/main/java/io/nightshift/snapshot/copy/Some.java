package io.nightshift.snapshot.copy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Of paths, however many there are: their number, and as many names as fit in a line of a log. */
final class Some {
    private static final int NAMED = 5;

    private final List<Path> first = new ArrayList<>();
    private long more;

    void add(Path path) {
        if (first.size() < NAMED) {
            first.add(path);
        } else {
            more++;
        }
    }

    boolean isEmpty() {
        return first.isEmpty();
    }

    @Override
    public String toString() {
        String names = String.join(", ", first.stream().map(Path::toString).toList());
        return names + (more > 0 ? " and " + more + " more" : "");
    }
}
