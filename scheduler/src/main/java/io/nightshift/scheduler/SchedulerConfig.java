package io.nightshift.scheduler;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** All settings of this service. */
@ConfigMapping(prefix = "nightshift")
public interface SchedulerConfig {
    /** The fleet file. */
    Path fleet();

    Scheduler scheduler();

    interface Scheduler {
        /** How often the clock and the due jobs are looked at; a job is released at most this much late. */
        @WithDefault("PT1S")
        Duration tick();

        /** A host that has announced nothing for this long after the start of a night has no ZFS snapshot. */
        @WithDefault("PT15M")
        Duration announcementLimit();

        /** A slot that is noticed later than this is caught up: its window is shifted by the lateness. */
        @WithDefault("PT1M")
        Duration punctual();

        /** A released job that no worker has taken for this long, while none of its destination runs, is told of. */
        @WithDefault("PT1H")
        Duration waitingAfter();

        /** Where the installation is remembered; without it, a lost store of NATS is taken for a first installation. */
        Optional<Path> stateDir();

        /** Holds the token that page and API ask for; without one they listen on the loopback address alone. */
        Optional<Path> tokenFile();

        /** For mounts of secrets whose modes cannot be changed: take a token that every user of the machine can read. */
        @WithDefault("false")
        boolean allowReadableSecrets();

        /** Names beside localhost under which a proxy hands on requests, without port; others are refused. */
        Optional<List<String>> hostNames();
    }
}
