package io.nightshift.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchedulerConfigTest {

    @Test
    void defaults() {
        var config = config(Map.of("nightshift.fleet", "/f.yaml"));

        assertThat(config.fleet()).isEqualTo(Path.of("/f.yaml"));
        assertThat(config.scheduler().tick()).hasSeconds(1);
        assertThat(config.scheduler().announcementLimit()).hasMinutes(15);
        assertThat(config.scheduler().punctual()).hasMinutes(1);
        assertThat(config.scheduler().waitingAfter()).hasHours(1);
        assertThat(config.scheduler().stateDir()).isEmpty();
        assertThat(config.scheduler().tokenFile()).isEmpty();
        assertThat(config.scheduler().allowReadableSecrets()).isFalse();
    }

    @Test
    void every_name_is_read() {
        var config = config(Map.of(
                "nightshift.fleet", "/other.yaml",
                "nightshift.scheduler.tick", "PT2S",
                "nightshift.scheduler.announcement-limit", "PT3M",
                "nightshift.scheduler.punctual", "PT4S",
                "nightshift.scheduler.waiting-after", "PT5M",
                "nightshift.scheduler.state-dir", "/var/lib/nightshift",
                "nightshift.scheduler.token-file", "/run/secrets/token",
                "nightshift.scheduler.allow-readable-secrets", "true"));

        assertThat(config.fleet()).isEqualTo(Path.of("/other.yaml"));
        assertThat(config.scheduler().tick()).hasSeconds(2);
        assertThat(config.scheduler().announcementLimit()).hasMinutes(3);
        assertThat(config.scheduler().punctual()).hasSeconds(4);
        assertThat(config.scheduler().waitingAfter()).hasMinutes(5);
        assertThat(config.scheduler().stateDir()).contains(Path.of("/var/lib/nightshift"));
        assertThat(config.scheduler().tokenFile()).contains(Path.of("/run/secrets/token"));
        assertThat(config.scheduler().allowReadableSecrets()).isTrue();
    }

    @Test
    void a_missing_or_misspelt_name_stops_the_start() {
        assertThatThrownBy(() -> config(Map.of())).hasMessageContaining("nightshift.fleet");
        var misspelt = new HashMap<String, String>();
        misspelt.put("nightshift.fleet", "/f.yaml");
        misspelt.put("nightshift.scheduler.tik", "PT1S");
        assertThatThrownBy(() -> config(misspelt)).hasMessageContaining("tik");
    }

    private static SchedulerConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .withMapping(SchedulerConfig.class)
                .build()
                .getConfigMapping(SchedulerConfig.class);
    }
}
