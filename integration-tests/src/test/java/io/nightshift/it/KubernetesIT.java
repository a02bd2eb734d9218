package io.nightshift.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesIT {
    @TempDir
    Path work;

    /** Where kustomize is missing, the script says so and leaves the overlays unbuilt. */
    @Test
    void the_manifests_fit_what_setup_makes_and_forget_no_stream() throws Exception {
        var check = Programs.PROJECT.resolve("deploy/kubernetes/check").toString();
        var ended = Programs.run(work.resolve("check.log"), Map.of(), Duration.ofMinutes(5), List.of(check));
        assertThat(ended.code()).as(ended.output()).isZero();
    }
}
