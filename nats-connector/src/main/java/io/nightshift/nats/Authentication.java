package io.nightshift.nats;

import io.nats.client.AuthHandler;
import io.nats.client.NKey;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/** Puts the one configured way of authentication into the options of a connection. Secrets are never kept or logged. */
final class Authentication {
    /**
     * How the library's nkeys sign. Unless told otherwise, its Bouncy Castle unpacks native code into the temporary folder and loads it:
     * where nothing there may be executed, as in a hardened container, no connection would ever come about, and elsewhere each start would wait for it.
     */
    private static final String SIGNED_BY = "org.bouncycastle.native.cpu_variant";

    static {
        if (System.getProperty(SIGNED_BY) == null) {
            System.setProperty(SIGNED_BY, "java");
        }
    }

    private Authentication() {}

    /** @throws IllegalArgumentException if the settings name more than one way, or half of one */
    static void check(NatsConfig config) {
        List<String> ways = ways(config);
        if (ways.size() > 1) {
            throw new IllegalArgumentException(
                    "nats: choose one way of authentication, not " + String.join(" and ", ways));
        }
        boolean password = config.password().isPresent();
        boolean passwordFile = config.passwordFile().isPresent();
        if (config.user().isPresent() && password == passwordFile) {
            throw new IllegalArgumentException(
                    "nats.user needs one of nats.password and nats.password-file, and there are "
                            + (password ? "both" : "none"));
        }
        if (config.user().isEmpty() && (password || passwordFile)) {
            throw new IllegalArgumentException("nats.password is set, but not nats.user");
        }
    }

    private static List<String> ways(NatsConfig config) {
        List<String> ways = new ArrayList<>();
        config.user().ifPresent(x -> ways.add("nats.user"));
        config.token().ifPresent(x -> ways.add("nats.token"));
        config.tokenFile().ifPresent(x -> ways.add("nats.token-file"));
        config.nkeyFile().ifPresent(x -> ways.add("nats.nkey-file"));
        config.credentialsFile().ifPresent(x -> ways.add("nats.credentials-file"));
        return ways;
    }

    /**
     * @throws UncheckedIOException if a secret file cannot be read
     * @throws IllegalStateException if others can read one
     */
    static void apply(NatsConfig config, Options.Builder options) {
        SecretFiles.requireClosed(config);
        config.user().ifPresent(user -> options.userInfo(user.toCharArray(), password(config)));
        config.token().ifPresent(token -> options.token(token.toCharArray()));
        config.tokenFile().ifPresent(file -> options.tokenSupplier(() -> secret("nats.token-file", file)));
        config.nkeyFile().ifPresent(file -> options.authHandler(new NkeyFile(file)));
        config.credentialsFile().ifPresent(file -> {
            secret("nats.credentials-file", file); // a clear error now, instead of a refusal by the server later
            options.authHandler(Nats.credentials(file.toString()));
        });
    }

    private static char[] password(NatsConfig config) {
        return config.password()
                .map(String::toCharArray)
                .or(() -> config.passwordFile().map(file -> secret("nats.password-file", file)))
                .orElseThrow();
    }

    private static char[] secret(String setting, Path file) {
        try {
            return Files.readString(file).strip().toCharArray();
        } catch (IOException e) {
            throw new UncheckedIOException(setting + " " + file + " cannot be read: " + e, e);
        }
    }

    /** Signs the server's challenge with a seed that is read anew each time. */
    private record NkeyFile(Path file) implements AuthHandler {
        private NKey key() {
            return NKey.fromSeed(secret("nats.nkey-file", file));
        }

        @Override
        public byte[] sign(byte[] nonce) {
            NKey key = key();
            try {
                return key.sign(nonce);
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException("nats.nkey-file " + file + " holds no usable seed", e);
            } finally {
                key.clear();
            }
        }

        @Override
        public char[] getID() {
            NKey key = key();
            try {
                return key.getPublicKey();
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException("nats.nkey-file " + file + " holds no usable seed", e);
            } finally {
                key.clear();
            }
        }

        @Override
        public char[] getJWT() {
            return new char[0];
        }
    }
}
