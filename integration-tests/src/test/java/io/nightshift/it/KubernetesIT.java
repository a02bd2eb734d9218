package io.nightshift.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.util.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class KubernetesIT {
    private static final Duration LIMIT = Duration.ofMinutes(60);

    /** Types that a cluster has only with KEDA or the Prometheus operator in it, and the client not at all. */
    private static final Predicate<String> OF_OTHERS = Pattern.compile(
                    "^apiVersion: (keda\\.sh|monitoring\\.coreos\\.com)/", Pattern.MULTILINE)
            .asPredicate();

    @TempDir
    Path work;

    /** What is built of both overlays, by the newest types that there are: the cluster of the other test is older. */
    @Test
    void the_manifests_fit_what_setup_makes_and_have_no_field_that_kubernetes_does_not_know() throws Exception {
        check();
        for (var overlay : List.of("single-node-plain", "single-node", "several-nodes-plain", "several-nodes")) {
            var documents = documents(overlay);
            assertThat(documents).hasSizeGreaterThan(25);
            for (var document : documents) {
                assertThat(Yaml.load(document)).as(document).isNotNull();
            }
            assertThatThrownBy(() -> {
                        for (var document : documents) {
                            Yaml.load(document.replace("startupProbe", "startProbe"));
                        }
                    })
                    .hasMessageContaining("startProbe");
        }
    }

    /** The single-node overlay on a cluster of its own: the script {@code kubernetes/run}. */
    @TestFactory
    Stream<DynamicTest> nights_a_destination_scaled_while_jobs_wait_restores_and_killed_workers_on_kubernetes()
            throws Exception {
        return FullMode.of("kubernetes/run", "Kubernetes was", LIMIT, 45);
    }

    /** The overlay several-nodes, on the one node of such a cluster. */
    @TestFactory
    Stream<DynamicTest> nights_in_which_servers_of_a_bus_of_three_are_taken_away_and_killed_on_kubernetes()
            throws Exception {
        return FullMode.of("kubernetes/several-nodes", "Kubernetes was", LIMIT, 43);
    }

    private void check() throws Exception {
        var check = Programs.PROJECT.resolve("deploy/kubernetes/check").toString();
        var ended = Programs.run(
                work.resolve("check.log"), Map.of(), Duration.ofMinutes(5), List.of(check, work.toString()));
        assertThat(ended.code()).as(ended.output()).isZero();
    }

    private List<String> documents(String overlay) throws IOException {
        return Stream.of(Files.readString(work.resolve(overlay + ".yaml")).split("(?m)^---$"))
                .filter(OF_OTHERS.negate())
                .toList();
    }
}
