package io.nightshift.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With processes, since the kernel locks for a process as a whole. */
class ViewRootLockTest {
    @TempDir
    Path folder;

    private Process other;

    @AfterEach
    void end() throws Exception {
        other.destroyForcibly().waitFor();
    }

    @Test
    void the_second_of_two_processes_is_told_who_the_first_is_and_may_begin_when_that_was_killed() throws Exception {
        Path root = folder.resolve("Ansichten der Nacht");
        other = start(root);
        assertThat(other.inputReader().readLine()).isEqualTo("locked");

        assertThatThrownBy(() -> ViewRootLock.take(root, "daedalus"))
                .isInstanceOf(SnapshotException.class)
                .hasMessageContaining("another snapshot-service is running for icarus, pid " + other.pid())
                .hasMessageContaining(root.toString());

        other.destroyForcibly().waitFor();
        try (var lock = ViewRootLock.take(root, "daedalus")) {
            other = start(root);
            var said = new String(other.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(said)
                    .contains("running for daedalus, pid "
                            + ProcessHandle.current().pid());
            assertThat(lock).isNotNull();
        }
    }

    private static Process start(Path root) throws IOException {
        var classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder("java", "-Xshare:auto", "-cp", classPath, Holder.class.getName(), root.toString())
                .start();
    }

    /** Locks, says so, and waits to be killed. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            try (var lock = ViewRootLock.take(Path.of(arguments[0]), "icarus")) {
                System.out.println("locked");
                new java.util.concurrent.CountDownLatch(1).await();
                lock.close();
            }
        }
    }
}
