package io.nightshift.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void what_the_environment_says_is_not_said_again() {
        var settings = Map.of("nightshift.worker.view-root", "/a", "nightshift.worker.host", "here");
        assertThat(Settings.unlessIn(Map.of("NIGHTSHIFT_WORKER_VIEW_ROOT", "/b"), settings))
                .isEqualTo(Map.of("nightshift.worker.host", "here"));
    }
}
