package io.nightshift.process;

import java.time.Duration;

/**
 * How a program is ended: asked by a signal, and killed with its descendants if it still runs after the grace.
 *
 * <p>Only the program itself is asked, not its descendants: restic needs its ssh or rclone to remove its lock.
 */
public record Stop(Signal signal, Duration grace) {

    /**
     * INT for programs that only clean up on Ctrl-C. Prefer TERM: a program whose parent was started in the background of
     * a shell inherits INT as ignored. restic removes its lock on both since 0.17.0 (restic changelog 0.17.0, #4656).
     */
    public enum Signal {
        TERM,
        INT
    }

    /** SIGTERM, and 30 s to end. */
    public static final Stop TERMINATE = new Stop(Signal.TERM, Duration.ofSeconds(30));

    /** SIGINT, and 30 s to end. */
    public static final Stop INTERRUPT = new Stop(Signal.INT, Duration.ofSeconds(30));

    public Stop {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("a grace cannot be negative: " + grace);
        }
    }

    public Stop withGrace(Duration longest) {
        return new Stop(signal, longest);
    }
}
