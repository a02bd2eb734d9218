package io.nightshift.telemetry.log;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the log that every service has. */
@ConfigMapping(prefix = "nightshift.log")
interface LogConfig {
    /** Text is for people and the journal, JSON for what collects the lines of many. */
    @WithDefault("text")
    Format format();

    enum Format {
        TEXT,
        JSON
    }
}
