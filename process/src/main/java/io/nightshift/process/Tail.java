package io.nightshift.process;

import java.util.function.Consumer;

/** The last lines of a stream, as many as fit in {@link #LIMIT} characters. Thread-safe. */
final class Tail implements Consumer<String> {

    static final int LIMIT = 8 * 1024;

    private final StringBuilder kept = new StringBuilder();

    @Override
    public synchronized void accept(String line) {
        if (kept.length() > 0) {
            kept.append('\n');
        }
        kept.append(line);
        kept.delete(0, Math.max(0, kept.length() - LIMIT));
    }

    @Override
    public synchronized String toString() {
        return kept.toString();
    }
}
