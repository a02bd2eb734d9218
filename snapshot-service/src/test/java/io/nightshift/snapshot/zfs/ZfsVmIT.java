package io.nightshift.snapshot.zfs;

import io.nightshift.process.testing.ZfsVm;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs the classes {@code …InVm} in one VM with real OpenZFS; the first time ever, that VM is built. */
class ZfsVmIT {
    private static final Duration LIMIT = Duration.ofMinutes(40);

    @TestFactory
    Stream<DynamicTest> on_real_zfs() throws Exception {
        return ZfsVm.javaTests(
                LIMIT,
                27,
                VmTests.class.getName(),
                ZfsInVm.class.getName(),
                CoverageInVm.class.getName(),
                FaultsInVm.class.getName(),
                ServiceInVm.class.getName());
    }
}
