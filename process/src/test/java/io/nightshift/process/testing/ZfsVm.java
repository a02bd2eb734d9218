package io.nightshift.process.testing;

import io.nightshift.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Runs tests in a virtual machine with real OpenZFS; the first time ever, that VM is built. See {@link ReportedTests}. */
public final class ZfsVm {
    public static final String PASSED = ReportedTests.PASSED;
    public static final String FAILED = ReportedTests.FAILED;

    private static final Path RUN =
            Path.of("../integration-tests/zfs-vm/run").toAbsolutePath().normalize();
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(15);

    private ZfsVm() {}

    /**
     * Runs the command in one VM, and makes a test of each of its lines. Skipped where there can be no VM, unless CI=true.
     *
     * @param limit for the command; where it is slow, remember that the processor is emulated
     * @param least so many tests there must be, lest a command that tests nothing passes
     */
    public static Stream<DynamicTest> tests(Duration limit, int least, String... command) throws InterruptedException {
        return ReportedTests.of(inVm(limit, command), least);
    }

    private static Command inVm(Duration limit, String... command) {
        return Command.of(RUN.toString(), "-t", Long.toString(limit.toSeconds()), "--")
                .withArguments(command)
                .withInherited("PATH", "HOME", "ZFS_VM_CACHE", "XDG_CACHE_HOME")
                .withEnvironment("LC_ALL", "C.UTF-8")
                .withEnvironment("CI", "true")
                .withTimeout(limit.plus(BUILD_LIMIT));
    }
}
