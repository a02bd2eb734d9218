package io.nightshift.it.fault;

import java.util.Optional;

/**
 * Something that goes wrong, and when.
 *
 * @param step of the work in which it happens
 * @param action lets a night run, does it in that step, and waits until the jobs have ended
 * @param open part of what the judge is known to say, until it is mended; empty: nothing
 */
record Fault(String name, String step, Action action, Optional<String> open) {
    Fault(String name, String step, Action action) {
        this(name, step, action, Optional.empty());
    }

    /** A defect that is known: all that this fault breaks, and nothing else. */
    Fault known(String broken) {
        return new Fault(name, step, action, Optional.of(broken));
    }

    boolean isKnown(String broken) {
        return open.filter(broken::contains).isPresent();
    }

    interface Action {
        void on(Stage stage) throws Exception;
    }

    String title() {
        return name + ", " + step;
    }
}
