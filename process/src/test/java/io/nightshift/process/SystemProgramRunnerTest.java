package io.nightshift.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.nightshift.process.ProgramException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractObjectAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real programs, which every POSIX system has. */
class SystemProgramRunnerTest {

    private final SystemProgramRunner runner = new SystemProgramRunner();
    private final List<String> out = new ArrayList<>();
    private final List<String> err = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void arguments_arrive_verbatim() throws Exception {
        run(Command.of("printf", "%s\\n", "two words", "$HOME *", "größer", "", "a\"b'c"));

        assertThat(out).containsExactly("two words", "$HOME *", "größer", "", "a\"b'c");
    }

    @Test
    void both_outputs_the_code_and_the_time_are_reported() throws Exception {
        Exit exit = run(Command.of("sh", "-c", "echo to out; echo first >&2; echo second >&2; exit 3"));

        assertThat(out).containsExactly("to out");
        assertThat(err).containsExactly("first", "second");
        assertThat(exit.code()).isEqualTo(3);
        assertThat(exit.succeeded()).isFalse();
        assertThat(exit.stderrTail()).isEqualTo("first\nsecond");
        assertThat(exit.took()).isPositive().isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void standard_error_need_not_be_listened_to() throws Exception {
        Exit exit = runner.run(Command.of("sh", "-c", "echo out; echo err >&2"), out::add);

        assertThat(out).containsExactly("out");
        assertThat(exit.stderrTail()).isEqualTo("err");
        assertThat(exit.succeeded()).isTrue();
    }

    @Test
    void the_environment_is_empty_but_for_what_is_given() throws Exception {
        run(Command.of("env").withEnvironment("GREETING", "guten Morgen, schöne Welt"));

        assertThat(out).containsExactly("GREETING=guten Morgen, schöne Welt");
    }

    @Test
    void standard_input_is_empty() throws Exception {
        assertThat(run(Command.of("cat")).code()).isZero();
        assertThat(out).isEmpty();
    }

    @Test
    void the_program_runs_in_the_given_directory() throws Exception {
        Path directory = Files.createDirectory(folder.resolve("mit Lücke"));

        run(Command.of("pwd").in(directory));

        assertThat(out).containsExactly(directory.toRealPath().toString());
    }

    @Test
    void a_flood_on_both_outputs_at_once_blocks_nobody() throws Exception {
        run(Command.of("sh", "-c", "seq 200000; seq 200000 >&2"));

        assertThat(out).hasSize(200_000).endsWith("200000");
        assertThat(err).hasSize(200_000).endsWith("200000");
    }

    @Test
    void a_line_without_measure_is_cut_and_the_next_one_is_whole() throws Exception {
        run(Command.of("sh", "-c", "head -c 5000000 /dev/zero | tr '\\0' x; echo; echo next"));

        assertThat(out).hasSize(2).endsWith("next");
        assertThat(out.get(0)).hasSize(LineSplitter.LONGEST_LINE);
    }

    @Test
    void a_line_that_its_caller_expects_is_whole() throws Exception {
        run(Command.of("sh", "-c", "head -c 5000000 /dev/zero | tr '\\0' x").withLongestLine(5_000_000));

        assertThat(out).hasSize(1);
        assertThat(out.get(0)).hasSize(5_000_000);
    }

    @Test
    void a_consumer_that_throws_does_not_hold_the_program_up() {
        Path proof = folder.resolve("ran to its end");
        Command command = Command.of("sh", "-c", "seq 200000; echo done >\"$0\"", proof.toString());

        assertThatThrownBy(() -> runner.run(command, line -> {
                    out.add(line);
                    throw new IllegalStateException("cannot read " + line);
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("cannot read 1");
        assertThat(proof).hasContent("done");
        assertThat(out).containsExactly("1");
    }

    @Test
    void a_process_left_in_the_background_is_not_waited_for() throws Exception {
        Exit exit = run(Command.of("sh", "-c", "sleep 300 & echo $!"));

        ProcessHandle left = ProcessHandle.of(Long.parseLong(out.get(0))).orElseThrow();
        assertThat(left.isAlive()).isTrue();
        left.destroyForcibly();
        assertThat(exit.took()).isLessThan(Duration.ofSeconds(60));
    }

    @Test
    void a_program_that_is_not_there_is_named_with_the_path_it_was_looked_for_in() {
        assertFails(Command.of("no-such-program"))
                .returns(Problem.NOT_FOUND, ProgramException::problem)
                .extracting(Throwable::getMessage)
                .asString()
                .contains("no-such-program", System.getenv("PATH"));
        assertFails(Command.of("/no/such/program"))
                .returns(Problem.NOT_FOUND, ProgramException::problem)
                .extracting(Throwable::getMessage)
                .asString()
                .contains("/no/such/program")
                .doesNotContain("PATH");
    }

    @Test
    void a_directory_that_is_not_there_is_named_instead_of_the_program() {
        Path missing = folder.resolve("not there");

        assertFails(Command.of("pwd").in(missing))
                .returns(Problem.NOT_STARTED, ProgramException::problem)
                .extracting(Throwable::getMessage)
                .asString()
                .contains("pwd", missing.toString());
    }

    @Test
    void a_file_that_is_no_program_is_told_from_a_missing_one() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "not a program");

        assertFails(Command.of(text.toString()))
                .returns(Problem.NOT_STARTED, ProgramException::problem)
                .extracting(Throwable::getMessage)
                .asString()
                .contains(text.toString());
    }

    private AbstractObjectAssert<?, ProgramException> assertFails(Command command) {
        return assertThatThrownBy(() -> run(command)).asInstanceOf(type(ProgramException.class));
    }

    private Exit run(Command command) throws InterruptedException {
        return runner.run(command, out::add, err::add);
    }
}
