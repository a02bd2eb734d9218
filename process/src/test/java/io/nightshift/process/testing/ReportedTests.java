package io.nightshift.process.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.nightshift.process.Command;
import io.nightshift.process.Exit;
import io.nightshift.process.SystemProgramRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/**
 * Tests that a program does. It prints a line for each of them: {@link #PASSED} or {@link #FAILED}, a tab, its name, a tab, and why
 * it failed, with {@code \n} for ends of lines. It ends with 125 where it cannot run on this machine at all.
 */
public final class ReportedTests {
    public static final String PASSED = "TEST-PASSED";
    public static final String FAILED = "TEST-FAILED";

    private static final int CANNOT_RUN = 125;

    private ReportedTests() {}

    /**
     * Runs the command, and makes a test of each of its lines. Skipped where it cannot run, unless CI=true.
     *
     * @param least so many tests there must be, lest a command that tests nothing passes
     */
    public static Stream<DynamicTest> of(Command command, int least) throws InterruptedException {
        return tests(results(command, least));
    }

    /** The lines of the tests, of a command that ended as it should, or with a test that failed. */
    static List<String> results(Command command, int least) throws InterruptedException {
        List<String> output = new ArrayList<>();
        Exit exit = new SystemProgramRunner().run(command, line -> {
            System.out.println(line);
            output.add(line);
        });
        if (exit.code() == CANNOT_RUN && !"true".equals(System.getenv("CI"))) {
            Assumptions.abort("cannot run here: " + exit.stderrTail());
        }
        String all = String.join("\n", output);
        List<String> results = output.stream()
                .filter(line -> line.startsWith(PASSED) || line.startsWith(FAILED))
                .toList();
        // One that ends with 1 because a test failed is told by that test.
        if (allPassed(results)) {
            assertEquals(0, exit.code(), () -> exit.stderrTail() + "\n" + all);
            assertTrue(results.size() >= least, () -> results.size() + " tests, not " + least + ":\n" + all);
        }
        return results;
    }

    static boolean allPassed(List<String> results) {
        return results.stream().allMatch(line -> line.startsWith(PASSED));
    }

    static Stream<DynamicTest> tests(List<String> results) {
        return results.stream()
                .map(line -> line.split("\t", 3))
                .map(result -> DynamicTest.dynamicTest(result[1], () -> check(result)));
    }

    private static void check(String[] result) {
        if (result[0].equals(FAILED)) {
            fail(result[2].replace("\\n", "\n"));
        }
    }
}
