package io.nightshift.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A later run of {@code deploy/nats/setup}, with secrets that are kept elsewhere: a new one would cut off all other hosts. */
class SetUpIT {
    @TempDir
    Path work;

    private Path fleet;
    private Path safe;
    private Bus bus;

    @BeforeEach
    void setUp() throws Exception {
        Programs.require("openssl");
        fleet = Files.writeString(work.resolve("backups.yaml"), """
                backup:
                  schedule: { zone: UTC }
                  destinations: { local: { repository: "/nas/{host}/{service}", password-file: /run/secrets/restic } }
                  hosts: { alpha: { snapshot: copy, services: { app: { paths: [/app] } } } }
                """);
        safe = Files.createDirectory(work.resolve("safe"));
        bus = new Bus(work.resolve("bus"));
        bus.setUp(fleet);
    }

    @Test
    void an_authority_and_a_seed_that_are_kept_elsewhere_are_not_made_anew() throws Exception {
        takeAway("ca.key");
        takeAway("users/admin.nk");
        var before = files();

        bus.setUp(fleet);

        assertThat(files()).isEqualTo(before).doesNotContainKeys(Path.of("ca.key"), Path.of("users/admin.nk"));
    }

    /** It kept no public keys but those in the settings of the server. */
    @Test
    void a_seed_that_was_taken_away_before_an_update_is_not_made_anew_either() throws Exception {
        takeAway("users/admin.nk");
        var before = files();
        for (var file : before.keySet()) {
            if (file.toString().endsWith(".pub")) {
                Files.delete(bus.directory().resolve(file));
            }
        }

        bus.setUp(fleet);

        assertThat(files()).isEqualTo(before);
    }

    @Test
    void a_certificate_for_another_name_asks_for_the_key_of_its_authority() throws Exception {
        takeAway("ca.key");
        var before = files();

        var ended = bus.trySetUp(fleet, "--name", "bus.example.org");

        assertThat(ended.code()).isOne();
        assertThat(ended.output().strip().lines())
                .singleElement()
                .asString()
                .contains("DNS:bus.example.org", bus.directory() + "/ca.key", "bring it back", "remove");
        assertThat(files()).isEqualTo(before);

        Files.move(safe.resolve("ca.key"), bus.directory().resolve("ca.key"));
        bus.setUp(fleet, "--name", "bus.example.org");
        assertThat(files().get(Path.of("ca.pem"))).isEqualTo(before.get(Path.of("ca.pem")));
        assertThat(files().get(Path.of("server.pem"))).isNotEqualTo(before.get(Path.of("server.pem")));
    }

    @Test
    void whoever_removes_the_authority_gets_another_one() throws Exception {
        takeAway("ca.key");
        takeAway("ca.pem");

        assertThat(bus.setUp(fleet)).contains("made an authority", "made a certificate");

        assertThat(files().get(Path.of("ca.pem"))).isNotEqualTo(Files.readString(safe.resolve("ca.pem")));
    }

    @Test
    void a_seed_that_is_kept_elsewhere_is_rotated_by_its_name() throws Exception {
        takeAway("users/admin.nk");
        var before = files();

        bus.setUp(fleet, "--rotate", "admin");

        for (var changed : new String[] {"users/admin.pub", "nats.conf"}) {
            assertThat(files().get(Path.of(changed))).isNotEqualTo(before.get(Path.of(changed)));
        }
        assertThat(files().get(Path.of("users/admin.nk"))).startsWith("SU");
        assertThat(files().get(Path.of("users/operator.pub"))).isEqualTo(before.get(Path.of("users/operator.pub")));
    }

    private void takeAway(String file) throws IOException {
        var path = bus.directory().resolve(file);
        Files.move(path, safe.resolve(path.getFileName()));
    }

    private Map<Path, String> files() throws IOException {
        try (var all = Files.walk(bus.directory())) {
            var files = new TreeMap<Path, String>();
            for (var file : all.filter(Files::isRegularFile).toList()) {
                files.put(bus.directory().relativize(file), Files.readString(file));
            }
            return files;
        }
    }
}
