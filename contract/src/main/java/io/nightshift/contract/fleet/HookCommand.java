package io.nightshift.contract.fleet;

import java.time.Duration;
import java.util.List;

/**
 * A command around a backup; no shell is involved.
 *
 * @param argv the program and its arguments
 * @param timeout a longer run is stopped, and counts as failed
 */
public record HookCommand(List<String> argv, Duration timeout, When when) {
    /** After which end of a backup; commands before it always run. */
    public enum When {
        ALWAYS,
        SUCCESS,
        FAILURE
    }
}
