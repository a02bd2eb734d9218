package io.nightshift.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemdIT {
    @TempDir
    Path work;

    /** Where systemd-analyze is missing, the script says so and leaves the units unchecked. */
    @Test
    void the_units_are_in_order_and_an_uninstallation_leaves_settings_alone() throws Exception {
        var check = Programs.PROJECT.resolve("deploy/systemd/check").toString();
        var ended = Programs.run(work.resolve("check.log"), Map.of(), Duration.ofMinutes(2), List.of(check));
        assertThat(ended.code()).as(ended.output()).isZero();
    }
}
