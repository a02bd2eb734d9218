package io.nightshift.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** All settings of this service. */
@ConfigMapping(prefix = "nightshift")
public interface WorkerConfig {
    /** The fleet file, the same as the scheduler's. */
    Path fleet();

    Worker worker();

    interface Worker {
        /** The name of this host in the fleet file. */
        String host();

        /** Names of the destinations whose jobs this worker takes. */
        List<String> destinations();

        /** Jobs at once for each destination. */
        @WithDefault("1")
        @Min(1)
        @Max(16)
        int parallel();

        /** Where the snapshot-service keeps its views. */
        @WithDefault("/run/nightshift/views")
        Path viewRoot();

        /** Holds restic's cache and its temporary files. Losing it costs time, not data. */
        @WithDefault("/var/lib/nightshift/worker")
        Path stateDir();

        /** The program, by name or path. */
        @WithDefault("restic")
        String restic();

        /** How often a job is begun before it has failed. */
        @WithDefault("5")
        @Min(1)
        int maxAttempts();

        /** Pauses before the second, third, … attempt; the last repeats. */
        @WithDefault("PT1M,PT5M,PT15M,PT30M")
        List<Duration> backoff();

        /** At a stop, restic may run on for this long to reach its end by itself; then it is interrupted. */
        @WithDefault("PT20S")
        Duration stopGrace();

        /** A repository that answers nothing but errors for this long at the first contact is unreachable. */
        @WithDefault("PT2M")
        Duration contactLimit();

        /** How long restic itself waits for somebody else's lock. */
        @WithDefault("PT1M")
        Duration retryLock();

        /** How long a job waits for the lease of its repository. Longer than the life of a dead worker's lease. */
        @WithDefault("PT10M")
        Duration leaseWait();

        /** Between two renewals of a lease. */
        @WithDefault("PT30S")
        Duration leaseRenewal();

        /** After this long without a renewal the run is stopped. Shorter than the life of a lease, 5 minutes. */
        @WithDefault("PT4M")
        Duration leaseLimit();
    }
}
