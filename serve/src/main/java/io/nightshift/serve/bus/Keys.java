package io.nightshift.serve.bus;

import io.nightshift.process.Command;
import io.nightshift.process.ProgramRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Keys, certificates and settings of the bus, by the same script as everywhere else: users with the permissions of their
 * roles, TLS, all on the loopback address. It is run only where what it works from has changed, for it takes seconds.
 *
 * @param home the top of the installation
 * @param directory where they are kept
 * @param port on which nats-server listens
 */
public record Keys(Path home, Path directory, int port) {
    /** The one user of this process, which may do what its roles may. */
    private static final String USER = "serve";

    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** Certificates are renewed in the last year of ten, by a run of the script. */
    private static final Duration LOOK_EVERY = Duration.ofDays(30);

    /** The settings file of nats-server. */
    public Path settings() {
        return directory.resolve("nats.conf");
    }

    /** How this process reaches the bus: settings of the NATS connector. */
    public Map<String, String> client() {
        return Map.of(
                "nats.servers",
                "tls://127.0.0.1:" + port,
                "nats.tls.ca-file",
                directory.resolve("ca.pem").toString(),
                "nats.nkey-file",
                directory.resolve("users/" + USER + ".nk").toString(),
                "nats.inbox-prefix",
                "_INBOX_" + USER + ".",
                "nats.manage",
                "true");
    }

    /** @return whether they were made for just this fleet file, host and version of ours, and not long ago */
    public boolean fresh(Path fleet, String host, Map<String, String> environment, Instant now) throws IOException {
        var stamp = directory.resolve("made");
        return Files.exists(stamp)
                && Files.exists(settings())
                && Files.getLastModifiedTime(stamp).toInstant().isAfter(now.minus(LOOK_EVERY))
                && Files.readString(stamp).equals(fingerprint(fleet, host, environment));
    }

    /** @throws IOException if they cannot be made, with what the script said */
    public void make(ProgramRunner runner, Path fleet, String host, Map<String, String> environment)
            throws IOException, InterruptedException {
        // By bash from the PATH: not every system has it in /bin, as its first line says.
        var command = Command.of(
                        "bash",
                        home.resolve("deploy/nats/setup").toString(),
                        "--fleet",
                        fleet.toString(),
                        "--listen",
                        "127.0.0.1:" + port,
                        "--store",
                        directory.resolve("store").toString(),
                        "--serve",
                        host,
                        directory.toString())
                .withEnvironment(environment)
                .withTimeout(LIMIT);
        var exit = runner.run(command, line -> {}, line -> {});
        if (exit.code() != 0) {
            throw new IOException(
                    "the keys of the bus cannot be made: " + exit.stderrTail().strip());
        }
        Files.writeString(directory.resolve("made"), fingerprint(fleet, host, environment));
    }

    private String fingerprint(Path fleet, String host, Map<String, String> environment) throws IOException {
        var digest = sha256();
        for (var file : sources(fleet)) {
            digest.update(Files.readAllBytes(file));
        }
        new TreeMap<>(environment).forEach((name, value) -> {
            if (name.startsWith("BACKUP_")) {
                digest.update((name + "=" + value + "\n").getBytes(StandardCharsets.UTF_8));
            }
        });
        digest.update((host + " " + port + " " + directory).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest());
    }

    private List<Path> sources(Path fleet) throws IOException {
        var nats = home.resolve("deploy/nats");
        var streams = home.resolve("contract/src/main/resources/META-INF/microprofile-config.properties");
        try (var roles = Files.list(nats.resolve("roles"))) {
            var code = Stream.of(nats.resolve("setup"), nats.resolve("Users.java"), streams);
            return Stream.concat(Stream.concat(Stream.of(fleet), code), roles.sorted())
                    .toList();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }
}
