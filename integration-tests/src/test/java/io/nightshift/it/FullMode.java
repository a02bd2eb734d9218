package io.nightshift.it;

import io.nightshift.process.Command;
import io.nightshift.process.testing.ReportedTests;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/** Scripts of {@code integration-tests} that are minutes long, and so are run by {@code -Dfull=true} alone. */
final class FullMode {
    private FullMode() {}

    /**
     * @param script below {@code integration-tests}
     * @param what was not tried without it, as the reason says
     * @param least so many tests it must report
     */
    static Stream<DynamicTest> of(String script, String what, Duration limit, int least) throws InterruptedException {
        if (!Boolean.getBoolean("full")) {
            var reason = what + " not tried; -Dfull=true does, or integration-tests/" + script + " alone";
            // A factory that is left by an assumption counts as no test at all, and nobody would read of it.
            return Stream.of(DynamicTest.dynamicTest(script, () -> Assumptions.abort(reason)));
        }
        var path = Programs.PROJECT.resolve("integration-tests").resolve(script).toString();
        return ReportedTests.of(
                Command.of(path)
                        .withInherited("PATH", "HOME", "XDG_CACHE_HOME", "JAVA_HOME", "DEBIAN_MIRROR")
                        .withTimeout(limit),
                least);
    }
}
