package io.nightshift.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
    @Test
    void only_the_fleet_file_must_be_named() {
        assertThat(Arguments.parse(List.of("--fleet", "/etc/b.yaml"), Map.of()))
                .isEqualTo(new Arguments(
                        Path.of("/etc/b.yaml"), Optional.empty(), Path.of("/var/lib/nightshift"), 8081, 9081, 4222));
    }

    @Test
    void the_environment_names_it_too_and_all_can_be_chosen() {
        var words = List.of(
                "--host",
                "here",
                "--state",
                "/srv/n s",
                "--port",
                "9000",
                "--health-port",
                "9002",
                "--bus-port",
                "9001");
        assertThat(Arguments.parse(words, Map.of("NIGHTSHIFT_FLEET", "/etc/b.yaml")))
                .isEqualTo(new Arguments(
                        Path.of("/etc/b.yaml"), Optional.of("here"), Path.of("/srv/n s"), 9000, 9002, 9001));
    }

    @ParameterizedTest
    @CsvSource({
        "--fleet, --fleet needs a value",
        "--flete f, what is --flete?",
        "--host here, no fleet file is named",
        "--fleet f --port 0, --port 0 is no port",
        "--fleet f --bus-port 65536, --bus-port 65536 is no port",
        "--fleet f --port x, --port x is no port"
    })
    void what_is_wrong_is_said(String words, String message) {
        assertThatThrownBy(() -> Arguments.parse(List.of(words.split(" ")), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
