package io.nightshift.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.contract.Subjects;
import io.nightshift.notifier.pushover.TestConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class NotifierConfigTest {

    @Test
    void defaults() {
        var config = TestConfig.of();

        assertThat(config.remindAfter()).hasHours(20);
        assertThat(config.rejectedEvery()).hasHours(1);
        assertThat(config.gather()).hasSeconds(10);
        assertThat(config.retryPauses()).startsWith(Duration.ofSeconds(5));
        assertThat(config.publicUrl()).isEmpty();
        assertThat(config.allowReadableSecrets()).isFalse();
        assertThat(config.pushover().baseUrl()).isEqualTo(URI.create("https://api.pushover.net"));
        assertThat(config.pushover().priority().recovery()).isEqualTo(-1);
    }

    @Test
    void every_name_is_read() {
        var config = TestConfig.of(
                "remind-after", "PT1M",
                "rejected-every", "PT2M",
                "gather", "PT0S",
                "retry-pauses", "PT3S",
                "public-url", "https://x",
                "allow-readable-secrets", "true",
                "pushover.base-url", "http://y",
                "pushover.token", "t",
                "pushover.token-file", "/t",
                "pushover.user", "u",
                "pushover.user-file", "/u",
                "pushover.device", "d",
                "pushover.sound", "s",
                "pushover.timeout", "PT4S",
                "pushover.priority.failure", "2",
                "pushover.priority.warning", "1",
                "pushover.priority.recovery", "-2",
                "pushover.emergency-retry", "PT30S",
                "pushover.emergency-expire", "PT5M");
        var pushover = config.pushover();

        assertThat(config.remindAfter()).hasMinutes(1);
        assertThat(config.rejectedEvery()).hasMinutes(2);
        assertThat(config.gather()).isZero();
        assertThat(config.retryPauses()).containsExactly(Duration.ofSeconds(3));
        assertThat(config.publicUrl()).contains(URI.create("https://x"));
        assertThat(config.allowReadableSecrets()).isTrue();
        assertThat(pushover.baseUrl()).isEqualTo(URI.create("http://y"));
        assertThat(pushover.token()).contains("t");
        assertThat(pushover.tokenFile()).contains(Path.of("/t"));
        assertThat(pushover.user()).contains("u");
        assertThat(pushover.userFile()).contains(Path.of("/u"));
        assertThat(pushover.device()).contains("d");
        assertThat(pushover.sound()).contains("s");
        assertThat(pushover.timeout()).hasSeconds(4);
        assertThat(pushover.priority().failure()).isEqualTo(2);
        assertThat(pushover.priority().warning()).isOne();
        assertThat(pushover.priority().recovery()).isEqualTo(-2);
        assertThat(pushover.emergencyRetry()).hasSeconds(30);
        assertThat(pushover.emergencyExpire()).hasMinutes(5);
    }

    @Test
    void a_misspelt_name_stops_the_start() {
        assertThatThrownBy(() -> TestConfig.of("pushover.tokenfile", "/t")).hasMessageContaining("tokenfile");
    }

    @Test
    void the_subjects_are_those_of_the_contract() throws IOException {
        var shipped = new Properties();
        try (var in = getClass().getResourceAsStream("/application.properties")) {
            shipped.load(in);
        }

        assertThat(shipped.getProperty("mp.messaging.incoming.notifier-statuses.stream"))
                .isEqualTo(Subjects.STATUS_STREAM);
        assertThat(shipped.getProperty("mp.messaging.incoming.notifier-statuses.filter"))
                .isNull();
        assertThat(shipped.getProperty("mp.messaging.incoming.notifier-events.stream"))
                .isEqualTo(Subjects.EVENTS_STREAM);
        assertThat(shipped.getProperty("mp.messaging.incoming.notifier-events.filter")
                        .split(","))
                .containsExactly(
                        Subjects.snapshotReady("*"), Subjects.snapshotFailed("*"), Subjects.ALERTS, Subjects.REJECTED);
        assertThat(shipped.stringPropertyNames())
                .filteredOn(name -> name.endsWith("dead-letter-subject"))
                .hasSize(2)
                .allSatisfy(name -> assertThat(shipped.getProperty(name)).isEqualTo(Subjects.REJECTED));
    }
}
