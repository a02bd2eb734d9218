package io.nightshift.worker.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.Target;
import io.nightshift.worker.WorkerConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
    @TempDir
    private Path state;

    @Test
    void what_was_restored_of_a_service_that_is_tested_no_more_goes_at_the_start() throws Exception {
        var left = left("daedalus.gone.local");
        Files.setPosixFilePermissions(left, PosixFilePermissions.fromString("r-xr-xr-x"));
        leftovers().remove();
        assertThat(left).doesNotExist();
    }

    @Test
    void what_another_host_destination_or_person_has_there_stays() throws Exception {
        var others = new Path[] {
            left("minos.app.local"), left("daedalus.app.remote"), left("notes"), left("../daedalus.app.local")
        };
        var linked =
                Files.createSymbolicLink(Scratch.home(state).resolve("daedalus.linked.local"), left("../elsewhere"));
        leftovers().remove();
        assertThat(others).allMatch(Files::exists);
        assertThat(linked.resolve("data.txt")).exists();
    }

    @Test
    void nothing_is_made_where_nothing_was_ever_tested() {
        leftovers().remove();
        assertThat(state).isEmptyDirectory();
    }

    @Test
    void a_folder_is_taken_again_once_it_is_given_back() {
        var target = new Target("daedalus", "app", "local");
        for (int i = 0; i < 2; i++) {
            var scratch = Scratch.of(Scratch.home(state), target).orElseThrow();
            assertThat(scratch.folder()).isEmptyDirectory();
            scratch.close();
            assertThat(scratch.folder()).doesNotExist();
        }
    }

    private Path left(String name) throws IOException {
        var folder = Files.createDirectories(Scratch.home(state).resolve(name).normalize());
        Files.writeString(folder.resolve("data.txt"), "data");
        return folder;
    }

    private Leftovers leftovers() {
        return new Leftovers(new SmallRyeConfigBuilder()
                .withMapping(WorkerConfig.class)
                .withDefaultValue("nightshift.fleet", "/fleet.yaml")
                .withDefaultValue("nightshift.worker.host", "daedalus")
                .withDefaultValue("nightshift.worker.destinations", "local,narrow")
                .withDefaultValue("nightshift.worker.state-dir", state.toString())
                .build()
                .getConfigMapping(WorkerConfig.class));
    }
}
