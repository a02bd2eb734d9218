package io.nightshift.scheduler.state;

import io.nightshift.contract.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A target as it is shown.
 *
 * @param last how its last backup ended
 * @param good the last that succeeded, and {@code goodAgeSeconds}: how long ago
 * @param nights a fortnight, oldest first
 * @param doing what waits or runs
 * @param upkeep how forget and check ended last, by those words
 */
public record Summary(
        Target target,
        String host,
        String service,
        String destination,
        Health health,
        Optional<Run> last,
        Optional<GoodBackup> good,
        Optional<Long> goodAgeSeconds,
        List<Marks.Night> nights,
        List<Doing> doing,
        Map<String, Run> upkeep) {}
