package io.nightshift.command;

import java.io.PrintStream;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a command finds around it.
 *
 * @param terminal whether a person looks at standard error as it is written
 * @param question asks that person; empty: nobody answers
 */
public record Surroundings(
        Map<String, String> environment,
        InstantSource clock,
        ZoneId zone,
        PrintStream out,
        PrintStream err,
        boolean terminal,
        Function<String, Optional<String>> question) {

    /** Of this process. */
    @SuppressWarnings("SystemOut") // a command speaks to the person who called it
    static Surroundings own() {
        var console = Optional.ofNullable(System.console());
        return new Surroundings(
                System.getenv(),
                InstantSource.system(),
                ZoneId.systemDefault(),
                System.out,
                System.err,
                console.isPresent(),
                text -> console.map(found -> found.readLine("%s", text)));
    }

    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** One line for a person, beside the result. */
    public void say(String line) {
        err.println(line);
    }
}
