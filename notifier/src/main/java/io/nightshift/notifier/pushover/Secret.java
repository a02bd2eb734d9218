package io.nightshift.notifier.pushover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A value that is never shown: given as it is, or in a file, which is read each time so that it can be replaced. */
final class Secret {
    private final String name;
    private final Optional<String> value;
    private final Optional<Path> file;

    private Secret(String name, Optional<String> value, Optional<Path> file) {
        this.name = name;
        this.value = value;
        this.file = file;
    }

    /** @throws IllegalArgumentException if there is not exactly one of the two */
    static Secret of(String name, Optional<String> value, Optional<Path> file) {
        if (value.isPresent() == file.isPresent()) {
            throw new IllegalArgumentException("set either nightshift.notifier.pushover." + name + " or " + name
                    + "-file" + (value.isPresent() ? ", not both" : "; Pushover needs both a token and a user"));
        }
        return new Secret(name, value, file);
    }

    /** @throws IOException if the file cannot be read, or is empty */
    String read() throws IOException {
        var text = file.isPresent() ? Files.readString(file.get()).strip() : value.orElse("");
        if (text.isEmpty()) {
            throw new IOException("the " + name + " of Pushover is empty"
                    + file.map(f -> ": " + f).orElse(""));
        }
        return text;
    }

    @Override
    public String toString() {
        return name;
    }
}
