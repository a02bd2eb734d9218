package io.nightshift.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs programs for the tests. */
public final class Programs {
    /** The top of the project: Maven runs the tests in their module. */
    public static final Path PROJECT = Path.of("").toAbsolutePath().getParent();

    public record Ended(int code, String output) {}

    private Programs() {}

    /** Skips the test where one is missing, and fails it there when CI=true. */
    public static void require(String... names) {
        for (var name : names) {
            boolean found = Arrays.stream(
                            System.getenv().getOrDefault("PATH", "").split(":"))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
            var reason = name + " is not on the PATH; run the tests by deploy/local/test";
            if (!found && "true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(reason + "; CI=true allows no skipped tests");
            }
            Assumptions.assumeTrue(found, reason);
        }
    }

    /** Readable by the user alone: a worker takes no other file of secrets. */
    public static Path secret(Path file, String content) throws IOException {
        Files.writeString(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** Runs it to its end, both outputs in one file, so that a failed test can show them. */
    public static Ended run(Path log, Map<String, String> environment, Duration limit, List<String> command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new java.io.File("/dev/null"));
        builder.environment().putAll(environment);
        var process = builder.start();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroy();
            process.waitFor(30, TimeUnit.SECONDS);
            process.destroyForcibly();
            throw new IllegalStateException(command + " ran longer than " + limit + ":\n" + Files.readString(log));
        }
        return new Ended(process.exitValue(), Files.readString(log));
    }
}
