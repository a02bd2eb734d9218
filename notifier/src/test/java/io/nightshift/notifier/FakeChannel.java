package io.nightshift.notifier;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Remembers what it was given, and answers as told; else it takes everything. */
final class FakeChannel implements Channel {
    final List<Note> asked = new ArrayList<>();
    final List<Note> delivered = new ArrayList<>();
    final Deque<Outcome> answers = new ArrayDeque<>();
    /** What happens while it sends the next message. */
    final Deque<Runnable> meanwhile = new ArrayDeque<>();

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public Outcome send(Note note) {
        asked.add(note);
        if (!meanwhile.isEmpty()) {
            meanwhile.pop().run();
        }
        var outcome = answers.isEmpty() ? new Outcome.Delivered() : answers.pop();
        if (outcome instanceof Outcome.Delivered) {
            delivered.add(note);
        }
        return outcome;
    }
}
