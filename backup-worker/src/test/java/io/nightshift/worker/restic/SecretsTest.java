package io.nightshift.worker.restic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.contract.fleet.Destination;
import io.nightshift.contract.fleet.FleetFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private final ResticBench bench = new ResticBench();

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rw-r--r--"})
    void a_password_that_others_can_read_or_change_is_refused(String mode) throws Exception {
        open(mode);
        assertThatThrownBy(() -> secrets().passwordFile(local()))
                .hasMessageContaining("password-file " + password() + " is open to others: " + mode);
        bench.with("allow-readable-secrets", "true");
        assertThatCode(() -> secrets().passwordFile(local())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------"})
    void one_that_is_this_user_s_alone_is_fine(String mode) throws Exception {
        open(mode);
        assertThat(secrets().passwordFile(local())).isEqualTo(password());
    }

    @Test
    void an_env_file_is_held_to_the_same() throws Exception {
        var file = bench.host.secret("s3.env", "AWS_SECRET_ACCESS_KEY=geheim");
        Files.writeString(
                fleetFile(),
                Files.readString(fleetFile())
                        .replaceFirst("password-file", "env-file: \"" + file + "\", password-file"));
        assertThat(secrets().environment(local())).containsEntry("AWS_SECRET_ACCESS_KEY", "geheim");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> secrets().environment(local()))
                .hasMessageContaining("env-file " + file + " is open to others")
                .hasMessageNotContaining("geheim");
    }

    @Test
    void what_is_wrong_is_said_at_the_start_for_each_destination() throws Exception {
        bench.with("destinations", "local,narrow");
        open("rw-r--r--");
        assertThat(warnings()).hasSize(2).allMatch(text -> text.contains("chmod 600"));
        Files.delete(password());
        assertThat(warnings()).hasSize(2).allMatch(text -> text.contains("is not there"));
    }

    private List<String> warnings() throws Exception {
        var said = new ArrayList<String>();
        var handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                said.add(
                        entry instanceof org.jboss.logmanager.ExtLogRecord ext
                                ? ext.getFormattedMessage()
                                : entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        var logger = Logger.getLogger(Secrets.class.getName());
        logger.addHandler(handler);
        try {
            secrets().start(null, FleetFile.read(fleetFile(), Map.of()));
            return said;
        } finally {
            logger.removeHandler(handler);
        }
    }

    private Secrets secrets() {
        return new Secrets(bench.config());
    }

    private Destination local() {
        return FleetFile.read(fleetFile(), Map.of()).destinations().get("local");
    }

    private Path fleetFile() {
        return bench.host.folder.resolve("fleet.yaml");
    }

    private Path password() {
        return bench.host.folder.resolve("password");
    }

    private void open(String mode) throws Exception {
        Files.setPosixFilePermissions(password(), PosixFilePermissions.fromString(mode));
    }
}
