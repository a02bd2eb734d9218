package io.nightshift.nats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files that prove who we are: not for every user of the machine. A group may read, as mounts of secrets are given to a service by it. */
final class SecretFiles {
    private static final EnumSet<PosixFilePermission> OTHERS =
            EnumSet.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private SecretFiles() {}

    /** @throws IllegalStateException if others can read or change one of them; what is missing is said where it is read */
    static void requireClosed(NatsConfig config) {
        if (!config.allowReadableSecrets()) {
            of(config).forEach(SecretFiles::requireClosed);
        }
    }

    private static Map<String, Path> of(NatsConfig config) {
        var files = new LinkedHashMap<String, Path>();
        config.passwordFile().ifPresent(file -> files.put("nats.password-file", file));
        config.tokenFile().ifPresent(file -> files.put("nats.token-file", file));
        config.nkeyFile().ifPresent(file -> files.put("nats.nkey-file", file));
        config.credentialsFile().ifPresent(file -> files.put("nats.credentials-file", file));
        config.tls().keyFile().ifPresent(file -> files.put("nats.tls.key-file", file));
        return files;
    }

    private static void requireClosed(String setting, Path file) {
        try {
            if (!Files.exists(file)) {
                return;
            }
            var permissions = Files.getPosixFilePermissions(file);
            if (!Collections.disjoint(permissions, OTHERS)) {
                throw new IllegalStateException(setting + " " + file + " is open to every user of this machine, "
                        + PosixFilePermissions.toString(permissions)
                        + ": chmod 600 it; where a read-only mount forbids that, set nats.allow-readable-secrets=true");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(setting + " " + file + " cannot be looked at: " + e, e);
        }
    }
}
