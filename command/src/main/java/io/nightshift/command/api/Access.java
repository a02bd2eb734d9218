package io.nightshift.command.api;

import io.nightshift.command.CommandException;
import io.nightshift.command.Surroundings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the scheduler is, and what lets us in. */
public final class Access {
    static final String DEFAULT_URL = "http://127.0.0.1:8081";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The scheduler's address; else NIGHTSHIFT_URL, else " + DEFAULT_URL + ".")
    private Optional<URI> url = Optional.empty();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Holds the token of the API; else NIGHTSHIFT_TOKEN_FILE, else none.")
    private Optional<Path> tokenFile = Optional.empty();

    public Access() {}

    public Api api(Surroundings around) {
        var address =
                url.or(() -> around.variable("NIGHTSHIFT_URL").map(URI::create)).orElse(URI.create(DEFAULT_URL));
        if (address.getHost() == null) {
            throw CommandException.usage("not a URL: " + address + "; write one like " + DEFAULT_URL);
        }
        var token = tokenFile
                .or(() -> around.variable("NIGHTSHIFT_TOKEN_FILE").map(Path::of))
                .map(Access::read);
        return new Api(address, token);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw CommandException.usage("the token cannot be read: " + e + "; see NIGHTSHIFT_TOKEN_FILE");
        }
    }
}
