package io.nightshift.snapshot.zfs;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.nightshift.process.testing.ZfsVm;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs test classes inside of the VM, and prints one line for each test: its result, its name and, if it failed, why. */
public final class VmTests implements TestExecutionListener {
    private VmTests() {}

    public static void main(String[] classes) throws ClassNotFoundException {
        var request = LauncherDiscoveryRequestBuilder.request();
        for (String name : classes) {
            request.selectors(selectClass(Class.forName(name)));
        }
        LauncherFactory.create().execute(request.build(), new VmTests());
        System.exit(0);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        boolean passed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
        if (test.isTest() || !passed) {
            String why = result.getThrowable().map(VmTests::text).orElse("");
            System.out.println((passed ? ZfsVm.PASSED : ZfsVm.FAILED) + "\t" + test.getDisplayName() + "\t"
                    + why.replace("\n", "\\n"));
        }
    }

    private static String text(Throwable throwable) {
        var text = new StringWriter();
        throwable.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
