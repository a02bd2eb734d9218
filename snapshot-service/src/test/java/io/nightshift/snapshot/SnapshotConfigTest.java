package io.nightshift.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapshotConfigTest {
    private static final Map<String, String> LEAST =
            Map.of("nightshift.fleet", "/etc/nightshift/backups.yaml", "nightshift.snapshot.host", "daedalus");

    @Test
    void what_must_be_chosen_is_two_values_and_the_rest_is_safe() {
        SnapshotConfig config = read(LEAST);

        assertThat(config.fleet()).isEqualTo(Path.of("/etc/nightshift/backups.yaml"));
        assertThat(config.snapshot().host()).isEqualTo("daedalus");
        assertThat(config.snapshot().viewRoot()).isEqualTo(Path.of("/run/nightshift/views"));
        assertThat(config.snapshot().startMaxAge()).isEqualTo(Duration.ofDays(1));
        assertThat(config.snapshot().holdLimit()).isEqualTo(Duration.ofDays(8));
        assertThat(config.snapshot().cleanUpEvery()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.snapshot().diskLimit()).isEqualTo(90);
        assertThat(config.snapshot().commandTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.snapshot().copyTimeout()).isEqualTo(Duration.ofHours(6));
        assertThat(config.snapshot().copySettleTime()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.snapshot().clockTolerance()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void every_name_is_read() {
        SnapshotConfig.Snapshot config = read(with(Map.of(
                        "nightshift.snapshot.view-root", "/views",
                        "nightshift.snapshot.disk-limit", "75",
                        "nightshift.snapshot.start-max-age", "PT1H",
                        "nightshift.snapshot.hold-limit", "PT2H",
                        "nightshift.snapshot.clean-up-every", "PT3H",
                        "nightshift.snapshot.command-timeout", "PT4H",
                        "nightshift.snapshot.copy-timeout", "PT5H",
                        "nightshift.snapshot.copy-settle-time", "PT7H",
                        "nightshift.snapshot.clock-tolerance", "PT8H")))
                .snapshot();

        assertThat(config.viewRoot()).isEqualTo(Path.of("/views"));
        assertThat(config.diskLimit()).isEqualTo(75);
        assertThat(config.startMaxAge()).isEqualTo(Duration.ofHours(1));
        assertThat(config.holdLimit()).isEqualTo(Duration.ofHours(2));
        assertThat(config.cleanUpEvery()).isEqualTo(Duration.ofHours(3));
        assertThat(config.commandTimeout()).isEqualTo(Duration.ofHours(4));
        assertThat(config.copyTimeout()).isEqualTo(Duration.ofHours(5));
        assertThat(config.copySettleTime()).isEqualTo(Duration.ofHours(7));
        assertThat(config.clockTolerance()).isEqualTo(Duration.ofHours(8));
    }

    @Test
    void a_missing_or_misspelt_name_stops_the_start() {
        assertThatThrownBy(() -> read(Map.of("nightshift.fleet", "x")))
                .hasMessageContaining("nightshift.snapshot.host");
        assertThatThrownBy(() -> read(Map.of("nightshift.snapshot.host", "x")))
                .hasMessageContaining("nightshift.fleet");
        assertThatThrownBy(() -> read(with(Map.of("nightshift.snapshot.veiw-root", "/views"))))
                .hasMessageContaining("nightshift.snapshot.veiw-root");
    }

    private static Map<String, String> with(Map<String, String> more) {
        var all = new HashMap<>(LEAST);
        all.putAll(more);
        return all;
    }

    private static SnapshotConfig read(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .withMapping(SnapshotConfig.class)
                .build()
                .getConfigMapping(SnapshotConfig.class);
    }
}
