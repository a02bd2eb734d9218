package io.nightshift.worker.restore;

import io.nightshift.contract.setting.WholeNumber;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The settings of restores. */
@ConfigMapping(prefix = "nightshift.restore")
public interface RestoreConfig {
    /** Below which a message may have files written; the first takes the restores that name no folder. */
    @WithDefault("/var/lib/nightshift/restored")
    List<Path> roots();

    /** Restores at once for each destination. */
    @WithDefault("2")
    @WithConverter(WholeNumber.Parallel.class)
    int parallel();

    /** One that nobody could begin for this long is not begun any more: whoever asked no longer expects it. */
    @WithDefault("PT24H")
    Duration maxWait();

    /** For the ZFS snapshot before a restore in place. */
    @WithDefault("PT1M")
    Duration zfsSnapshotTimeout();

    /** How often a restore is begun before it has failed. */
    @WithDefault("4")
    @WithConverter(WholeNumber.Positive.class)
    int maxAttempts();

    /** Pauses before the second, third, … attempt; the last repeats. */
    @WithDefault("PT30S,PT2M,PT10M")
    List<Duration> backoff();
}
