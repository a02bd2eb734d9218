package io.nightshift.worker.restic;

import io.nightshift.contract.event.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads restic's standard error: paths that could not be read, what it says at its end, and plain words. The keys are
 * those of restic 0.18.0; before it, the end is a plain line.
 */
final class ErrorOutput implements Consumer<String> {
    private static final int LATEST = 5;

    private final int first;
    private final List<String> unreadable = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private int unreadableCount;
    private String last = "";

    ErrorOutput() {
        this(0);
    }

    /** @param first how many of the first words are kept besides the latest: the reason, where what follows from it has many */
    ErrorOutput(int first) {
        this.first = first;
    }

    @Override
    public synchronized void accept(String line) {
        var json = Said.json(line);
        switch (Said.type(json)) {
            case "error" ->
                error(
                        json.path("item").asText(""),
                        json.path("error")
                                .path("message")
                                .asText(json.path("message").asText("")));
            case "exit_error" -> last = json.path("message").asText("");
            default -> keep(line);
        }
    }

    private void error(String item, String message) {
        if (item.isEmpty()) {
            keep(message);
            return;
        }
        unreadableCount++;
        if (unreadable.size() < Failure.MAX_PATHS) {
            unreadable.add(item);
        }
        keep(message);
    }

    private void keep(String text) {
        if (!text.isBlank()) {
            words.add(text.strip());
            if (words.size() > first + LATEST) {
                words.remove(first);
            }
        }
    }

    synchronized List<String> unreadable() {
        return List.copyOf(unreadable);
    }

    synchronized int unreadableCount() {
        return unreadableCount;
    }

    /** What it said at its end, then what it said before. */
    synchronized String lastWords() {
        var all = new ArrayList<String>();
        if (!last.isBlank()) {
            all.add(last.strip());
        }
        all.addAll(words);
        return String.join("; ", all);
    }
}
