package io.nightshift.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A patch that breaks a promise proves something only as long as it fits the code; that each is noticed takes long to try. */
class SabotageTest {
    @Test
    void every_patch_still_fits() throws Exception {
        var run = Path.of("sabotage/run").toAbsolutePath().toString();
        var ended = Programs.run(Map.of(), List.of(run, "--check"));
        assertThat(ended.code()).as("sabotage/run --check: " + ended.output()).isZero();
    }
}
