package io.nightshift.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WorkerConfigTest {
    private static final Map<String, String> REQUIRED = Map.of(
            "nightshift.fleet", "/etc/nightshift/backups.yaml",
            "nightshift.worker.host", "daedalus",
            "nightshift.worker.destinations", "local");

    /** Of each setting below {@code nightshift.worker.}, a value that is not its default. */
    private static final Map<String, String> OTHERS = Map.ofEntries(
            Map.entry("host", "minos"),
            Map.entry("destinations", "local,remote"),
            Map.entry("parallel", "2"),
            Map.entry("view-root", "/views"),
            Map.entry("state-dir", "/state"),
            Map.entry("commands-dir", "/commands"),
            Map.entry("restic", "/opt/restic"),
            Map.entry("retry-for", "PT1H"),
            Map.entry("backoff", "PT7S,PT8S"),
            Map.entry("max-crashes", "9"),
            Map.entry("stop-grace", "PT1S"),
            Map.entry("contact-limit", "PT3S"),
            Map.entry("stall-limit", "PT4S"),
            Map.entry("least-free-bytes", "5"),
            Map.entry("allow-readable-secrets", "true"),
            Map.entry("retry-lock", "PT6S"),
            Map.entry("lease-wait", "PT11S"),
            Map.entry("lease-renewal", "PT12S"),
            Map.entry("lease-limit", "PT13S"));

    @Test
    void what_need_not_be_set_has_a_default_that_is_safe() {
        var worker = config(REQUIRED).worker();
        assertThat(worker.parallel()).isEqualTo(1);
        assertThat(worker.viewRoot()).isEqualTo(Path.of("/run/nightshift/views"));
        assertThat(worker.stateDir()).isEqualTo(Path.of("/var/lib/nightshift/worker"));
        assertThat(worker.commandsDir()).isEmpty();
        assertThat(worker.restic()).isEqualTo("restic");
        assertThat(worker.retryFor()).isLessThan(Duration.ofDays(1)).isEqualTo(Duration.ofHours(12));
        assertThat(worker.backoff())
                .isSorted()
                .startsWith(Duration.ofMinutes(1))
                .endsWith(Duration.ofMinutes(30));
        assertThat(worker.maxCrashes()).isEqualTo(3);
        assertThat(worker.stopGrace()).isEqualTo(Duration.ofSeconds(20));
        assertThat(worker.contactLimit()).isEqualTo(Duration.ofMinutes(2));
        assertThat(worker.stallLimit()).isEqualTo(Duration.ofMinutes(30));
        assertThat(worker.leastFreeBytes()).isEqualTo(128L << 20);
        assertThat(worker.allowReadableSecrets()).isFalse();
        assertThat(worker.retryLock()).isEqualTo(Duration.ofMinutes(1));
        assertThat(worker.leaseWait()).isEqualTo(Duration.ofMinutes(10));
        assertThat(worker.leaseRenewal()).isEqualTo(Duration.ofSeconds(30));
        assertThat(worker.leaseLimit()).isEqualTo(Duration.ofMinutes(4));
    }

    @Test
    void every_setting_is_read_by_its_name() throws Exception {
        var all = new TreeMap<>(Map.of("nightshift.fleet", "/elsewhere.yaml"));
        OTHERS.forEach((name, value) -> all.put("nightshift.worker." + name, value));
        var usual = config(REQUIRED).worker();
        var other = config(all).worker();
        assertThat(config(all).fleet()).isEqualTo(Path.of("/elsewhere.yaml"));
        for (var setting : settings()) {
            assertThat(setting.invoke(other)).as(setting.getName()).isNotEqualTo(setting.invoke(usual));
        }
        assertThat(OTHERS).hasSize(settings().size());
    }

    @Test
    void a_missing_or_a_misspelt_name_stops_the_start() {
        for (var name : REQUIRED.keySet()) {
            var without = new TreeMap<>(REQUIRED);
            without.remove(name);
            assertThatThrownBy(() -> config(without)).hasMessageContaining(name);
        }
        var misspelt = new TreeMap<>(REQUIRED);
        misspelt.put("nightshift.worker.retry-four", "PT1H");
        assertThatThrownBy(() -> config(misspelt)).hasMessageContaining("retry-four");
    }

    private static List<Method> settings() {
        return Arrays.stream(WorkerConfig.Worker.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .toList();
    }

    private static WorkerConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(WorkerConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(WorkerConfig.class);
    }
}
