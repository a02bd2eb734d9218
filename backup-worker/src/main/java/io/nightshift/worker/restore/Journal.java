package io.nightshift.worker.restore;

import java.util.ArrayList;
import java.util.List;

/** What a restore has done, in sentences for whoever asked. Thread-safe. */
final class Journal {
    /** More in one event would help nobody. */
    private static final int MOST = 60;

    private final List<String> lines = new ArrayList<>();

    synchronized void add(String line) {
        if (lines.size() < MOST) {
            lines.add(line);
        }
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
