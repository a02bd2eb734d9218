package io.nightshift.process;

import java.time.Duration;

/**
 * How a program ended.
 *
 * @param code its exit code; 128 + n where signal n ended it
 * @param stderrTail the end of its standard error, at most {@link Tail#LIMIT} characters, without the last line end
 * @param took from start to end
 */
public record Exit(int code, String stderrTail, Duration took) {

    public boolean succeeded() {
        return code == 0;
    }
}
