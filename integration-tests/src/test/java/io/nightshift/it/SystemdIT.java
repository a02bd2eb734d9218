package io.nightshift.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class SystemdIT {
    private static final Duration LIMIT = Duration.ofMinutes(30);

    @TempDir
    Path work;

    /** Where systemd-analyze is missing, the script says so and leaves the units unchecked. */
    @Test
    void the_units_are_in_order_and_an_uninstallation_leaves_settings_alone() throws Exception {
        var check = Programs.PROJECT.resolve("deploy/systemd/check").toString();
        var ended = Programs.run(work.resolve("check.log"), Map.of(), Duration.ofMinutes(2), List.of(check));
        assertThat(ended.code()).as(ended.output()).isZero();
    }

    /** The units in a systemd that runs: the script {@code systemd/run}. */
    @TestFactory
    Stream<DynamicTest> all_in_one_process_and_the_services_by_themselves_under_systemd() throws Exception {
        return FullMode.of("systemd/run", "a start of the units was", LIMIT, 70);
    }
}
