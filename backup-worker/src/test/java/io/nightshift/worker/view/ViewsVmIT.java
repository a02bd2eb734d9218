package io.nightshift.worker.view;

import io.nightshift.process.testing.ZfsVm;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs {@link ViewsInVm} in a VM with real OpenZFS; the first time ever, that VM is built. */
class ViewsVmIT {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TestFactory
    Stream<DynamicTest> on_real_zfs() throws Exception {
        return ZfsVm.javaTests(LIMIT, 7, ViewsInVm.class.getName());
    }
}
