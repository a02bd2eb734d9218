package io.nightshift.worker.query;

import io.nightshift.contract.setting.WholeNumber;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The settings of questions. */
@ConfigMapping(prefix = "nightshift.query")
public interface QueryConfig {
    /** Questions at once; four times as many may wait, and the others are told that the worker is busy. */
    @WithDefault("2")
    @WithConverter(WholeNumber.Parallel.class)
    int parallel();

    /** A call of restic that takes longer is ended. Whoever asks waits for a minute. */
    @WithDefault("PT20S")
    Duration limit();
}
