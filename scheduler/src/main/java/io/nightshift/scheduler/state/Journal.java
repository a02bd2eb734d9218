package io.nightshift.scheduler.state;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The last entries. Thread-safe. */
final class Journal {
    private final int limit;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private long lastId;

    Journal(int limit) {
        this.limit = limit;
    }

    synchronized Entry add(Instant at, Entry.Kind kind, String about, String text) {
        var entry = new Entry(++lastId, at, kind, about, text);
        entries.addLast(entry);
        if (entries.size() > limit) {
            entries.removeFirst();
        }
        return entry;
    }

    /** Newest first. */
    synchronized List<Entry> newest() {
        var list = new ArrayList<>(entries);
        Collections.reverse(list);
        return list;
    }
}
