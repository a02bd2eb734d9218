package io.nightshift.command;

import java.util.HashMap;
import java.util.Map;

/** Tells how something goes: one line that is written over on a terminal; elsewhere a line for each change of state. */
final class ProgressLine {
    private static final String CLEAR = "\r\033[K";

    private final Surroundings around;
    private final Map<String, String> told = new HashMap<>();
    private boolean open;

    ProgressLine(Surroundings around) {
        this.around = around;
    }

    /**
     * @param about of what
     * @param state in words, the same as long as it is the same
     * @param bar how far; may be empty
     */
    void tell(String about, String state, String bar) {
        if (around.terminal()) {
            around.err().print(CLEAR + about + " " + (bar.isEmpty() ? state : bar));
            around.err().flush();
            open = true;
        } else if (!state.equals(told.put(about, state))) {
            around.say(about + " " + state);
        }
    }

    /** Leaves an empty line to write on. */
    void end() {
        if (open) {
            around.err().print(CLEAR);
            around.err().flush();
            open = false;
        }
    }
}
