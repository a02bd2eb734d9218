package io.nightshift.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Options;
import io.nightshift.nats.ConnectionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code deploy/nats/setup} has made in a directory. */
public record Bus(Path directory) {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** Runs the set-up, again or for the first time, and gives its output. */
    public String setUp(Path fleet, String... more) throws Exception {
        var ended = trySetUp(fleet, more);
        assertThat(ended.code()).as(ended.output()).isZero();
        return ended.output();
    }

    /** The same, where it may fail. */
    Programs.Ended trySetUp(Path fleet, String... more) throws Exception {
        var command = new ArrayList<>(
                List.of(Programs.PROJECT.resolve("deploy/nats/setup").toString(), "--fleet", fleet.toString()));
        command.addAll(List.of(more));
        command.add(directory.toString());
        var log = Files.createTempFile("setup", ".log");
        var ended = Programs.run(log, Map.of(), LIMIT, command);
        Files.delete(log);
        return ended;
    }

    /** Those that the set-up made for the services of that user. */
    Map<String, String> settings(String user) throws IOException {
        return Files.readAllLines(directory.resolve("users").resolve(user + ".env")).stream()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(part -> part[0], part -> part[1]));
    }

    public Options.Builder as(String user) throws IOException {
        return ConnectionOptions.of(settings(user));
    }
}
