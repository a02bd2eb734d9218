package io.nightshift.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nightshift.contract.Wire;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Excludes;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.fleet.FleetFile;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a message may not say. */
class OwnFleetTest {
    private final WorkerFixture host = WorkerFixture.create();
    private final OwnFleet fleet =
            new OwnFleet(FleetFile.read(host.folder.resolve("fleet.yaml"), Map.of()), WorkerFixture.HOST);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-rf",
                "--password-command=id",
                "persist/app",
                "../etc",
                "/persist/../etc",
                "/persist/app/..",
                "/persist//app",
                "/persist/app/",
                "/persist/./app",
                "",
                "/nul\0byte"
            })
    void a_path_that_is_not_plain_and_absolute_is_refused(String path) {
        var job = host.backup("2026-04-17", "app", "local", path, Excludes.none());
        assertThat(refusal(job)).isEqualTo(Cause.CONFIGURATION);
    }

    @Test
    void a_repository_of_the_sender_s_choice_is_refused() {
        var job = host.forget("2026-04-17", "app", "local", 1);
        var elsewhere = new Job.Forget(job.id(), job.due(), "sftp:attacker:/r", job.limits(), job.retention());
        assertThat(refusal(elsewhere)).isEqualTo(Cause.CONFIGURATION);
    }

    @Test
    void a_service_that_the_own_file_lacks_and_another_host_are_refused() {
        assertThat(refusal(host.backup("2026-04-17", "unheard-of", "local"))).isEqualTo(Cause.CONFIGURATION);
        var foreign = new OwnFleet(fleet.fleet(), "another");
        assertThatThrownBy(() -> foreign.backup(host.backup("2026-04-17", "app", "local")))
                .hasMessageContaining("serves host another");
    }

    /** Where a message brings them along, they are unknown fields: read over. */
    @Test
    void options_and_commands_of_a_message_reach_nobody() {
        var job = host.backup("2026-04-17", "app", "local");
        var text = new String(Wire.write(job))
                .replaceFirst(
                        "\\{", "{\"resticOptions\":[\"-o\",\"sftp.command=id\"],\"before\":[{\"command\":[\"id\"]}],");
        var read = Wire.read(text.getBytes(), Job.class);
        assertThat(read).isEqualTo(job);
        assertThat(fleet.backup(read).resticOptions()).isEmpty();
        assertThat(fleet.backup(read).before()).isEmpty();
    }

    private Cause refusal(Job job) {
        return catchThrowableOfType(JobFailedException.class, () -> fleet.backup(job))
                .failure()
                .cause();
    }
}
