package io.nightshift.notifier.pushover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.notifier.Channel.Outcome;
import io.nightshift.notifier.Note;
import io.nightshift.notifier.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushoverChannelTest {

    @ParameterizedTest
    @CsvSource({
        "pushover.token, t, pushover.sound, x, set either nightshift.notifier.pushover.user or user-file",
        "pushover.user-file, /u, pushover.sound, x, set either nightshift.notifier.pushover.token or token-file",
        "pushover.token, t, pushover.token-file, /t, not both"
    })
    void half_a_configuration_is_refused_with_the_name_of_the_rest(
            String name, String value, String other, String otherValue, String message) {
        var config = TestConfig.of(name, value, other, otherValue);

        assertThat(PushoverChannel.configured(config.pushover())).isTrue();
        assertThatThrownBy(() -> new PushoverChannel(config, Clock.systemUTC())).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"base-url, ftp://x, base-url", "emergency-retry, PT29S, emergency-retry", "emergency-expire, PT4H, PT3H"
    })
    void values_that_the_api_refuses_are_refused_at_start(String name, String value, String message) {
        var config = TestConfig.of("pushover.token", "t", "pushover.user", "u", "pushover." + name, value);

        assertThatThrownBy(() -> new PushoverChannel(config, Clock.systemUTC())).hasMessageContaining(message);
    }

    @Test
    void a_missing_secret_file_is_waited_for(@TempDir Path dir) {
        var missing = dir.resolve("token ü");
        var config = TestConfig.of("pushover.token-file", missing.toString(), "pushover.user", "u");

        var outcome = new PushoverChannel(config, Clock.systemUTC())
                .send(new Note("t", "b", Severity.FAILURE, Instant.EPOCH, Optional.empty()));

        assertThat(outcome).isEqualTo(new Outcome.RetryLater("NoSuchFileException: " + missing, Optional.empty()));
    }

    @Test
    void a_secret_that_everybody_can_read_is_refused_unless_that_is_allowed(@TempDir Path dir) throws Exception {
        var open = Files.writeString(dir.resolve("token"), "t");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> withToken(open, "false"))
                .hasMessageContaining("the token of Pushover in " + open + " is open to every user");
        assertThatCode(() -> withToken(open, "true")).doesNotThrowAnyException();
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("r--r-----"));
        var channel = withToken(open, "false");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw----r--"));
        assertThat(channel.send(new Note("t", "b", Severity.FAILURE, Instant.EPOCH, Optional.empty()))
                        .toString())
                .contains("is open to every user");
    }

    private static PushoverChannel withToken(Path file, String allowed) {
        var config = TestConfig.of(
                "pushover.token-file", file.toString(), "pushover.user", "u", "allow-readable-secrets", allowed);
        return new PushoverChannel(config, Clock.systemUTC());
    }

    @Test
    void a_server_that_is_away_is_waited_for() {
        var config =
                TestConfig.of("pushover.token", "t", "pushover.user", "u", "pushover.base-url", "http://127.0.0.1:1/");

        var outcome = new PushoverChannel(config, Clock.systemUTC())
                .send(new Note("t", "b", Severity.FAILURE, Instant.EPOCH, Optional.empty()));

        assertThat(outcome).isInstanceOf(Outcome.RetryLater.class);
    }

    @Test
    void without_any_of_its_settings_it_is_off() {
        assertThat(PushoverChannel.configured(TestConfig.of().pushover())).isFalse();
    }
}
