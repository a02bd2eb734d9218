package io.nightshift.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.contract.fleet.Fleet;
import io.nightshift.contract.fleet.FleetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
    @TempDir
    Path work;

    @Test
    void a_machine_is_the_host_that_has_its_name_without_the_domain() throws IOException {
        assertThat(Machine.of(fleet("here", "there"), Optional.empty(), "there.example.org"))
                .isEqualTo("there");
    }

    @Test
    void a_named_host_goes_before_the_name_of_the_machine() throws IOException {
        assertThat(Machine.of(fleet("here", "there"), Optional.of("here"), "there"))
                .isEqualTo("here");
    }

    @Test
    void the_only_host_is_taken_whatever_the_machine_is_called() throws IOException {
        assertThat(Machine.of(fleet("here"), Optional.empty(), "laptop")).isEqualTo("here");
    }

    @Test
    void what_cannot_be_known_must_be_said() throws IOException {
        var two = fleet("here", "there");
        assertThatThrownBy(() -> Machine.of(two, Optional.empty(), "laptop"))
                .hasMessageContaining("laptop is none of the hosts")
                .hasMessageContaining("here, there");
        assertThatThrownBy(() -> Machine.of(fleet("here"), Optional.of("hare"), "laptop"))
                .hasMessageContaining("hare is none of the hosts");
    }

    private Fleet fleet(String... hosts) throws IOException {
        var file = new StringBuilder("backup:\n  schedule: { zone: UTC }\n  destinations:\n"
                + "    disk: { repository: /disk, password-file: /password }\n  hosts:\n");
        for (var host : hosts) {
            file.append("    ").append(host).append(": { snapshot: copy, services: { notes: { paths: [/notes] } } }\n");
        }
        var text = file.toString().replace("/disk", "\"/disk/{host}/{service}\"");
        return FleetFile.read(Files.writeString(work.resolve("backups.yaml"), text), Map.of());
    }
}
