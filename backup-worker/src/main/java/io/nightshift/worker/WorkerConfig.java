package io.nightshift.worker;

import io.nightshift.contract.setting.WholeNumber;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
        @WithConverter(WholeNumber.Parallel.class)
        int parallel();

        /** Where the snapshot-service keeps its views. */
        @WithDefault("/run/nightshift/views")
        Path viewRoot();

        /** Holds restic's cache and its temporary files. Losing it costs time, not data. */
        @WithDefault("/var/lib/nightshift/worker")
        Path stateDir();

        /** Where a command for each job is written, {@code restic-<service>-<destination>}; absent: bin below the state. */
        Optional<Path> commandsDir();

        /** The program, by name or path. */
        @WithDefault("restic")
        String restic();

        /** How long after its due time a job that failed with a cause that may pass is tried again. Less than a day. */
        @WithDefault("PT12H")
        Duration retryFor();

        /** Pauses after the first, second, … failure; the last repeats. */
        @WithDefault("PT1M,PT2M,PT5M,PT10M,PT15M,PT30M")
        List<Duration> backoff();

        /** How often the worker of a job may die before the job is given up. */
        @WithDefault("3")
        @WithConverter(WholeNumber.Positive.class)
        int maxCrashes();

        /** At a stop, restic may run on for this long to reach its end by itself; then it is interrupted. */
        @WithDefault("PT20S")
        Duration stopGrace();

        /** A repository that answers nothing but errors for this long at the first contact is unreachable. */
        @WithDefault("PT2M")
        Duration contactLimit();

        /** A backup whose numbers stand still for this long is stopped, and tried again. */
        @WithDefault("PT30M")
        Duration stallLimit();

        /** With less room for restic's temporary files no run is begun: 6 packs of 16 MiB, and some. */
        @WithDefault("134217728")
        long leastFreeBytes();

        /** For read-only mounts of secrets, whose modes cannot be changed. */
        @WithDefault("false")
        boolean allowReadableSecrets();

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
