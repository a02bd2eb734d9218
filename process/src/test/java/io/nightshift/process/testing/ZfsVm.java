package io.nightshift.process.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.nightshift.process.Command;
import io.nightshift.process.Exit;
import io.nightshift.process.SystemProgramRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs tests in a virtual machine with real OpenZFS; the first time ever, that VM is built. What runs in it prints a line for
 * each test: {@link #PASSED} or {@link #FAILED}, a tab, its name, a tab, and why it failed, with {@code \n} for ends of lines.
 */
public final class ZfsVm {
    public static final String PASSED = "TEST-PASSED";
    public static final String FAILED = "TEST-FAILED";

    private static final Path RUN =
            Path.of("../integration-tests/zfs-vm/run").toAbsolutePath().normalize();
    private static final int CANNOT_RUN = 125;
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(15);

    private ZfsVm() {}

    /**
     * Runs the command in one VM, and makes a test of each of its lines. Skipped where there can be no VM, unless CI=true.
     *
     * @param limit for the command; where it is slow, remember that the processor is emulated
     * @param least so many tests there must be, lest a command that tests nothing passes
     */
    public static Stream<DynamicTest> tests(Duration limit, int least, String... command) throws InterruptedException {
        List<String> output = new ArrayList<>();
        Exit exit = new SystemProgramRunner().run(inVm(limit, command), line -> {
            System.out.println(line);
            output.add(line);
        });
        if (exit.code() == CANNOT_RUN && !"true".equals(System.getenv("CI"))) {
            Assumptions.abort("no VM with ZFS: " + exit.stderrTail());
        }
        String all = String.join("\n", output);
        assertEquals(0, exit.code(), () -> exit.stderrTail() + "\n" + all);
        List<DynamicTest> tests = output.stream()
                .filter(line -> line.startsWith(PASSED) || line.startsWith(FAILED))
                .map(line -> line.split("\t", 3))
                .map(result -> DynamicTest.dynamicTest(result[1], () -> check(result)))
                .toList();
        assertTrue(tests.size() >= least, () -> tests.size() + " tests, not " + least + ":\n" + all);
        return tests.stream();
    }

    private static void check(String[] result) {
        if (result[0].equals(FAILED)) {
            fail(result[2].replace("\\n", "\n"));
        }
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
