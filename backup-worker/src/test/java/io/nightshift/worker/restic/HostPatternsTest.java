package io.nightshift.worker.restic;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.restic.ResticVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostPatternsTest {
    @Test
    void absolute_paths_are_those_of_the_host_and_the_rest_stays() {
        assertThat(HostPatterns.inView(
                        List.of("*.log", "/persist/app/cache", "!/persist/app/cache/keep", "cache"),
                        path -> "/v" + path))
                .containsExactly("*.log", "/v/persist/app/cache", "!/v/persist/app/cache/keep", "cache");
    }

    @Test
    void versions_are_compared_by_number() {
        assertThat(ResticVersion.parse("restic 0.17.1 compiled with go1.24").orElseThrow())
                .isEqualByComparingTo(ResticVersion.LEAST);
        assertThat(ResticVersion.parse("restic 0.14.0 compiled").orElseThrow()).isLessThan(ResticVersion.LEAST);
        assertThat(ResticVersion.parse("restic 0.18.0-dev (compiled)").orElseThrow())
                .isGreaterThan(ResticVersion.LEAST);
        assertThat(ResticVersion.parse("borg 1.2")).isEmpty();
    }
}
