package io.nightshift.scheduler.access;

import io.nightshift.contract.Sha256;
import io.nightshift.contract.restic.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** The secret that opens page and API; kept as a hash. Immutable. */
final class Token {
    /** 128 bits in base64 are 22 characters; a word that a person can remember can be guessed. */
    static final int LEAST = 20;

    private final byte[] hash;

    private Token(String token) {
        this.hash = Sha256.of(token);
    }

    /**
     * @param mayBeOpen whether every user of the machine may read the file
     * @throws IllegalStateException if it cannot be used; the start of the service stops there
     */
    static Token read(Path file, boolean mayBeOpen) {
        try {
            var token = Files.readString(file).strip();
            if (token.length() < LEAST) {
                throw new IllegalStateException("the token in " + file + " is shorter than " + LEAST
                        + " characters; make one with: head -c 32 /dev/urandom | base64");
            }
            if (!mayBeOpen && SecretFile.openToAll(file).isPresent()) {
                throw new IllegalStateException(
                        "the token in " + file + " can be read by every user of this machine; chmod 600 it, or where a"
                                + " read-only mount forbids that, set nightshift.scheduler.allow-readable-secrets=true");
            }
            return new Token(token);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the token cannot be read: " + e + "; see nightshift.scheduler.token-file", e);
        }
    }

    /** Takes as long for any answer: hashes are compared, and all of them. */
    boolean is(String offered) {
        return MessageDigest.isEqual(hash, Sha256.of(offered.strip()));
    }
}
