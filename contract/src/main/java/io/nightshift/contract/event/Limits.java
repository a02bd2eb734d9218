package io.nightshift.contract.event;

import java.time.Duration;
import java.util.Optional;

/**
 * Bounds of one run.
 *
 * @param timeout a longer run is stopped and failed
 * @param uploadKibPerSecond upload, in KiB/s; empty: unlimited
 * @param downloadKibPerSecond download, in KiB/s; empty: unlimited
 * @param concurrency runs at once at this destination, over all workers and hosts; at least 1
 */
public record Limits(
        Duration timeout,
        Optional<Integer> uploadKibPerSecond,
        Optional<Integer> downloadKibPerSecond,
        int concurrency) {
    public Limits {
        Copies.required("timeout", timeout);
        uploadKibPerSecond = Copies.optional(uploadKibPerSecond);
        downloadKibPerSecond = Copies.optional(downloadKibPerSecond);
        if (timeout.isNegative() || timeout.isZero() || concurrency < 1) {
            throw new IllegalArgumentException("timeout and concurrency are positive: " + timeout + ", " + concurrency);
        }
    }
}
