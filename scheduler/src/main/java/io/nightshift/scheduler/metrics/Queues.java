package io.nightshift.scheduler.metrics;

import java.util.List;

/** What waits for the workers. */
public interface Queues {
    /**
     * The jobs for the workers of a host and destination.
     *
     * @param pending that no worker has taken
     * @param held that a worker has in hand, or had when it died
     */
    record Queue(String host, String destination, long pending, long held) {}

    /** Those that are known to the bus; blocks. */
    List<Queue> look();
}
