package io.nightshift.process.testing;

import io.nightshift.process.Command;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Runs tests in a virtual machine with real OpenZFS; the first time ever, that VM is built. See {@link ReportedTests}. */
public final class ZfsVm {
    public static final String PASSED = ReportedTests.PASSED;
    public static final String FAILED = ReportedTests.FAILED;

    private static final Path TOOLS =
            Path.of("../integration-tests/zfs-vm").toAbsolutePath().normalize();
    /** Where {@code build} leaves the kernel, and OpenZFS within its file system. */
    private static final Path KERNEL = Optional.ofNullable(System.getenv("ZFS_VM_CACHE"))
            .map(Path::of)
            .orElse(KnownResults.CACHE.resolve("zfs-vm"));

    /** Says which restic and nats-server there are. */
    private static final Path PROGRAMS =
            Path.of("../deploy/local/tools").toAbsolutePath().normalize();

    private static final Duration BUILD_LIMIT = Duration.ofMinutes(15);

    private ZfsVm() {}

    /** As {@link #tests}, of a main class on the class path of this process. */
    public static Stream<DynamicTest> javaTests(Duration limit, int least, String... mainClassAndArguments)
            throws IOException, InterruptedException {
        // Surefire's own property, where it starts the tests from a jar that has nothing but a manifest.
        var classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var inputs =
                Stream.of(classPath.split(File.pathSeparator)).map(Path::of).toList();
        var command = new ArrayList<>(List.of("java", "-XX:TieredStopAtLevel=1", "-cp", classPath));
        command.addAll(List.of(mainClassAndArguments));
        return tests(limit, least, new KnownResults(withVm(inputs), List.of(mainClassAndArguments)), command);
    }

    /**
     * Runs the command in one VM, and makes a test of each of its lines. Skipped where there can be no VM, unless CI=true. Not run
     * again where it passed before with the same inputs, unless there is -Dfull=true: the tests are then those of that run.
     *
     * @param limit for the command; where it is slow, remember that the processor is emulated
     * @param least so many tests there must be, lest a command that tests nothing passes
     * @param inputs all files and folders that decide what the command does
     */
    public static Stream<DynamicTest> tests(Duration limit, int least, List<Path> inputs, String... command)
            throws IOException, InterruptedException {
        var words = List.of(command);
        return tests(limit, least, new KnownResults(withVm(inputs), words.subList(1, words.size())), words);
    }

    private static Stream<DynamicTest> tests(Duration limit, int least, KnownResults known, List<String> command)
            throws IOException, InterruptedException {
        var before = Boolean.getBoolean("full") ? Optional.<List<String>>empty() : known.find();
        if (before.filter(results -> results.size() >= least).isPresent()) {
            return ReportedTests.tests(before.get());
        }
        var results = ReportedTests.results(inVm(limit, command), least);
        if (ReportedTests.allPassed(results)) {
            known.keep(results);
        }
        return ReportedTests.tests(results);
    }

    private static List<Path> withVm(List<Path> inputs) {
        return Stream.concat(inputs.stream(), Stream.of(TOOLS, KERNEL, PROGRAMS))
                .toList();
    }

    private static Command inVm(Duration limit, List<String> command) {
        return Command.of(TOOLS.resolve("run").toString(), "-t", Long.toString(limit.toSeconds()), "--")
                .withArguments(command)
                .withInherited("PATH", "HOME", "ZFS_VM_CACHE", "XDG_CACHE_HOME")
                .withEnvironment("LC_ALL", "C.UTF-8")
                .withEnvironment("CI", "true")
                .withTimeout(limit.plus(BUILD_LIMIT));
    }
}
