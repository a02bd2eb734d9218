package io.nightshift.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nightshift.process.ProgramException.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How programs that run too long, or are no longer wanted, come to an end. The programs say by a line that they are set up. */
@Timeout(60)
class StopTest {

    private static final Duration SHORT = Duration.ofMillis(400);

    private final SystemProgramRunner runner = new SystemProgramRunner();
    private final List<String> out = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    @Test
    void at_the_time_limit_the_program_is_asked_to_end() {
        assertTimesOut(script("trap 'echo cleaned up; echo lock removed >&2; exit 0' TERM; sleep 300 & echo $!; wait"))
                .hasMessageContaining("PT0.4S")
                .hasMessageContaining("lock removed");

        assertThat(out).hasSize(2).contains("cleaned up");
        assertGone(out.get(0));
    }

    @Test
    void a_program_that_ignores_the_request_is_killed_with_its_descendants() {
        Stop soon = Stop.TERMINATE.withGrace(SHORT);

        assertTimesOut(script("trap '' TERM; echo $$; sh -c 'echo $$; sleep 300; :' & wait")
                .withStop(soon));

        assertThat(out).hasSize(2).allSatisfy(StopTest::assertGone);
    }

    @Test
    void the_request_may_be_an_interrupt() {
        // Where the tests run in a shell's background, programs inherit INT as ignored: back to its default.
        List<String> sensitive = List.of("env", "--default-signal=INT", "sh", "-c");

        assertTimesOut(Command.of(sensitive)
                .withArguments("trap 'echo interrupted; exit 130' INT; echo ready; sleep 300 & wait")
                .withTimeout(SHORT)
                .withStop(Stop.INTERRUPT));

        assertThat(out).containsExactly("ready", "interrupted");
    }

    @Test
    void an_interrupted_caller_goes_on_once_the_program_is_gone() throws Exception {
        var pids = new ArrayBlockingQueue<String>(1);
        var thrown = new CompletableFuture<Exception>();
        var caller = new Thread(() -> {
            try {
                runner.run(Command.of("sh", "-c", "echo $$; exec sleep 300"), pids::add);
            } catch (InterruptedException | RuntimeException e) {
                thrown.complete(e);
            }
        });
        caller.start();
        String pid = pids.poll(30, SECONDS);

        caller.interrupt();

        assertThat(thrown.get(30, SECONDS)).isInstanceOf(InterruptedException.class);
        assertThat(ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void a_caller_that_is_interrupted_before_starts_nothing() {
        Path proof = folder.resolve("started");
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> runner.run(Command.of("touch", proof.toString()), out::add))
                .isInstanceOf(InterruptedException.class);
        assertThat(proof).doesNotExist();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private static Command script(String text) {
        return Command.of("sh", "-c", text).withTimeout(SHORT);
    }

    private org.assertj.core.api.AbstractThrowableAssert<?, ?> assertTimesOut(Command command) {
        return assertThatThrownBy(() -> runner.run(command, out::add))
                .isInstanceOfSatisfying(
                        ProgramException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TIMED_OUT));
    }

    /** A killed orphan is gone when init has noticed. */
    private static void assertGone(String pid) {
        await().atMost(20, SECONDS)
                .until(() -> ProcessHandle.of(Long.parseLong(pid))
                        .filter(ProcessHandle::isAlive)
                        .isEmpty());
    }
}
