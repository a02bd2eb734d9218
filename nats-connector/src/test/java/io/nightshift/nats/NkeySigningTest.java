package io.nightshift.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.NKey;
import io.nats.client.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a process of its own, since the library decides once in each. */
class NkeySigningTest {
    @Test
    void nothing_is_unpacked_to_sign(@TempDir Path folder) throws Exception {
        var temporary = Files.createDirectory(folder.resolve("tmp"));
        var seed = Files.writeString(
                folder.resolve("user.nk"),
                new String(NKey.createUser(new SecureRandom()).getSeed()));
        Files.setPosixFilePermissions(seed, PosixFilePermissions.fromString("rw-------"));
        var said = folder.resolve("said");
        var process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Signing.class.getName(),
                        seed.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said).content().endsWith("64 bytes, and beside them 0 files");
    }

    static final class Signing {
        private Signing() {}

        public static void main(String[] arguments) throws Exception {
            var options = Options.builder();
            Authentication.apply(Bench.config("nats.nkey-file", arguments[0]), options);
            var signature = options.build().getAuthHandler().sign(new byte[16]);
            try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
                System.out.print(signature.length + " bytes, and beside them " + files.count() + " files");
            }
        }
    }
}
