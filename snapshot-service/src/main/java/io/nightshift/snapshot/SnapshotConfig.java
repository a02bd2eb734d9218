package io.nightshift.snapshot;

import io.nightshift.contract.setting.WholeNumber;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** All settings of this service. */
@ConfigMapping(prefix = "nightshift")
public interface SnapshotConfig {
    /** The fleet file. */
    Path fleet();

    Snapshot snapshot();

    interface Snapshot {
        /** The name of this host in the fleet file. */
        String host();

        /** Holds a view for each night. With {@code snapshot: copy} the copies themselves, so give it a disk. */
        @WithDefault("/run/nightshift/views")
        Path viewRoot();

        /** A start of a night that is older is ignored: a later one will come. */
        @WithDefault("PT24H")
        Duration startMaxAge();

        /** A hold that nobody has released after this long is released, so that a lost message does not fill the pool. */
        @WithDefault("P8D")
        Duration holdLimit();

        /** For how long a ZFS snapshot that was taken before a restore in place is kept. */
        @WithDefault("P14D")
        Duration restoreKeep();

        /** How often leftovers that were in use are tried again. */
        @WithDefault("PT10M")
        Duration cleanUpEvery();

        /** A pool, or the disk of copies, that is full to this many percent is told of. */
        @WithDefault("90")
        @WithConverter(WholeNumber.Percent.class)
        int diskLimit();

        /** For one call of a program; for a copy, of a whole path, {@link #copyTimeout()}. */
        @WithDefault("PT5M")
        Duration commandTimeout();

        /** For copying one path. */
        @WithDefault("PT6H")
        Duration copyTimeout();

        /** How long a copy is mended while its files keep changing. */
        @WithDefault("PT1M")
        Duration copySettleTime();

        /** A slot that lies this far in the future is waited for: the clock of the scheduler is a little ahead of ours. */
        @WithDefault("PT30S")
        Duration clockTolerance();
    }
}
