package io.nightshift.worker;

import java.time.Duration;

/**
 * What is left to do with a job's message after a run.
 *
 * @param delay until it is to be delivered again; zero: at once, to whoever asks first
 */
public record RetryLater(Duration delay, String reason) {
    public boolean atOnce() {
        return delay.isZero();
    }
}
