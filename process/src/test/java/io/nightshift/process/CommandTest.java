package io.nightshift.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandTest {

    @Test
    void its_text_shows_arguments_and_names_but_no_value_of_the_environment() {
        Command command = Command.of("restic", "backup", "--json")
                .withEnvironment("RESTIC_PASSWORD", "secret")
                .withEnvironment("AWS_SECRET_ACCESS_KEY", "more secret")
                .in(Path.of("/run/view"));

        assertThat(command)
                .hasToString("[restic, backup, --json] with [AWS_SECRET_ACCESS_KEY, RESTIC_PASSWORD] in /run/view");
    }

    @Test
    void its_text_masks_credentials_in_a_url() {
        assertThat(Command.of("restic", "-r", "rest:https://anna:pa:ss@nas/repo"))
                .hasToString("[restic, -r, rest:https://***@nas/repo]");
    }

    @Test
    void withers_leave_the_original_alone() {
        Command list = Command.of("zfs", "list");

        Command changed = list.withArguments("-H", "-p")
                .withArguments(List.of("-o", "name"))
                .withTimeout(Duration.ofSeconds(3))
                .withStop(Stop.INTERRUPT);

        assertThat(list)
                .isEqualTo(new Command(List.of("zfs", "list"), Map.of(), Optional.empty(), Duration.ofMinutes(1)));
        assertThat(changed.argv()).containsExactly("zfs", "list", "-H", "-p", "-o", "name");
        assertThat(changed.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(changed.stop().signal()).isEqualTo(Stop.Signal.INT);
    }

    @Test
    void only_named_variables_that_are_set_are_inherited() {
        Command command = Command.of("env").withInherited("PATH", "NIGHTSHIFT_NEVER_SET");

        assertThat(command.environment()).isEqualTo(Map.of("PATH", System.getenv("PATH")));
    }

    @Test
    void what_no_program_can_be_given_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Command.of(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Command.of(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> Command.of("cat", "a\0b"));
        assertThatIllegalArgumentException().isThrownBy(() -> Command.of("cat").withEnvironment("A=B", "c"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.of("cat").withEnvironment("A", "b\0c"))
                .withMessageNotContaining("b\0c");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Command.of("cat").withTimeout(Duration.ZERO))
                .withMessageContaining("cat");
        assertThatIllegalArgumentException().isThrownBy(() -> Stop.TERMINATE.withGrace(Duration.ofSeconds(-1)));
    }
}
