package io.nightshift.it.fault;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Runs small programs to their end. */
final class Programs {
    record Ended(int code, String output) {}

    private Programs() {}

    /** @throws IOException if it does not end with 0 */
    static String run(String... command) throws IOException, InterruptedException {
        var ended = run(Map.of(), List.of(command));
        if (ended.code() != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + ended.code() + ": " + ended.output());
        }
        return ended.output();
    }

    static Ended run(Map<String, String> environment, List<String> command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
