package io.nightshift.snapshot.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.nightshift.process.Command;
import io.nightshift.process.Exit;
import io.nightshift.process.SystemProgramRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs the classes {@code …InVm} in one VM with real OpenZFS; the first time ever, that VM is built. */
class ZfsVmIT {
    private static final Path VM =
            Path.of("../integration-tests/zfs-vm/run").toAbsolutePath().normalize();
    private static final int CANNOT_RUN = 125;

    @TestFactory
    Stream<DynamicTest> on_real_zfs() throws Exception {
        List<String> output = new ArrayList<>();
        Exit exit = new SystemProgramRunner().run(command(), output::add);
        if (exit.code() == CANNOT_RUN && !"true".equals(System.getenv("CI"))) {
            Assumptions.abort("no VM with ZFS: " + exit.stderrTail());
        }
        assertThat(exit.code()).as("%s %s", exit.stderrTail(), output).isZero();
        List<DynamicTest> tests = output.stream()
                .filter(line -> line.startsWith("TEST-"))
                .map(line -> line.split("\t", 3))
                .map(result -> DynamicTest.dynamicTest(result[1], () -> check(result, output)))
                .toList();
        assertThat(tests).as(String.join("\n", output)).hasSizeGreaterThan(9);
        return tests.stream();
    }

    private static void check(String[] result, List<String> output) {
        if (result[0].equals(VmTests.FAILED)) {
            fail(result[2].replace("\\n", "\n") + "\n" + String.join("\n", output));
        }
    }

    private static Command command() {
        assertThat(Files.isExecutable(VM)).as(VM.toString()).isTrue();
        return Command.of(VM.toString(), "-t", "900", "--", "java", "-XX:TieredStopAtLevel=1", "-cp", classPath())
                .withArguments(VmTests.class.getName(), ZfsInVm.class.getName(), CoverageInVm.class.getName())
                .withArguments(ServiceInVm.class.getName())
                .withInherited("PATH", "HOME", "ZFS_VM_CACHE", "XDG_CACHE_HOME")
                .withEnvironment("LC_ALL", "C.UTF-8")
                .withEnvironment("CI", "true")
                .withTimeout(Duration.ofMinutes(25));
    }

    /** Surefire's own property, where it starts the tests from a jar that has nothing but a manifest. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
