package io.nightshift.notifier.pushover;

import io.nightshift.contract.restic.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A value that is never shown: given as it is, or in a file, which is read each time so that it can be replaced. */
final class Secret {
    private final String name;
    private final Optional<String> value;
    private final Optional<Path> file;
    private final boolean mayBeOpen;

    private Secret(String name, Optional<String> value, Optional<Path> file, boolean mayBeOpen) {
        this.name = name;
        this.value = value;
        this.file = file;
        this.mayBeOpen = mayBeOpen;
    }

    /**
     * @param mayBeOpen whether every user of the machine may read the file
     * @throws IllegalArgumentException if there is not exactly one of the two, or the file is open to others
     */
    static Secret of(String name, Optional<String> value, Optional<Path> file, boolean mayBeOpen) {
        if (value.isPresent() == file.isPresent()) {
            throw new IllegalArgumentException("set either nightshift.notifier.pushover." + name + " or " + name
                    + "-file" + (value.isPresent() ? ", not both" : "; Pushover needs both a token and a user"));
        }
        var secret = new Secret(name, value, file, mayBeOpen);
        try {
            secret.requireClosed();
        } catch (NoSuchFileException e) {
            return secret; // it is waited for
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return secret;
    }

    /** @throws IOException if the file cannot be read, is empty, or open to others */
    String read() throws IOException {
        requireClosed();
        var text = file.isPresent() ? Files.readString(file.get()).strip() : value.orElse("");
        if (text.isEmpty()) {
            throw new IOException("the " + name + " of Pushover is empty"
                    + file.map(f -> ": " + f).orElse(""));
        }
        return text;
    }

    private void requireClosed() throws IOException {
        if (file.isEmpty() || mayBeOpen) {
            return;
        }
        var open = SecretFile.openToAll(file.get());
        if (open.isPresent()) {
            throw new IOException("the " + name + " of Pushover in " + file.get()
                    + " is open to every user of this machine, " + open.get()
                    + ": chmod 600 it; where a read-only mount forbids that, set"
                    + " nightshift.notifier.allow-readable-secrets=true");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
