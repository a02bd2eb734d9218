package io.nightshift.notifier.pushover;

import io.nightshift.notifier.NotifierConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** Settings as a user writes them, names after {@code nightshift.notifier.}. */
public final class TestConfig {
    private TestConfig() {}

    public static NotifierConfig of(String... namesAndValues) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put("nightshift.notifier." + namesAndValues[i], namesAndValues[i + 1]);
        }
        return new SmallRyeConfigBuilder()
                .withMapping(NotifierConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(NotifierConfig.class);
    }
}
