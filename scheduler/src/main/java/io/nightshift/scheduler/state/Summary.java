package io.nightshift.scheduler.state;

import io.nightshift.contract.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A target as it is shown.
 *
 * @param last how its last backup ended
 * @param trouble why it is not good: the last backup, or the check or restore test that found what is stored damaged
 * @param good the last that succeeded, and {@code goodAgeSeconds}: how long ago
 * @param nights a fortnight, oldest first
 * @param doing what waits or runs
 * @param upkeep how forget, check and restore test ended last, by those words
 */
public record Summary(
        Target target,
        String host,
        String service,
        String destination,
        Health health,
        Optional<Run> last,
        Optional<Run> trouble,
        Optional<GoodBackup> good,
        Optional<Long> goodAgeSeconds,
        List<Marks.Night> nights,
        List<Doing> doing,
        Map<String, Run> upkeep) {}
