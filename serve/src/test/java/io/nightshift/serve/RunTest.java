package io.nightshift.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.process.Command;
import io.nightshift.process.SystemProgramRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script serve/run, with a java that only says what it was called with. */
class RunTest {
    @TempDir
    Path work;

    private Path run;
    private Path app;

    @BeforeEach
    void anInstallation() throws Exception {
        var java = Files.createDirectories(work.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        app = Files.createDirectories(work.resolve("an installation/serve/target/quarkus-app"));
        run = app.resolve("../../run").normalize();
        Files.copy(Path.of("run"), run);
    }

    @Test
    void without_an_archive_it_starts_without() throws Exception {
        assertThat(options(Map.of()))
                .contains("-jar", app + "/quarkus-run.jar", "--help", "-Xmx96m")
                .noneMatch(option -> option.contains("classes-"));
    }

    /** A role whose thread has ended by an OutOfMemoryError would be silent, and nobody would start it again. */
    @Test
    void it_ends_where_memory_is_out() throws Exception {
        assertThat(options(Map.of())).contains("-XX:+ExitOnOutOfMemoryError");
    }

    @Test
    void an_archive_that_is_whole_is_used() throws Exception {
        Files.writeString(app.resolve("classes-5.jsa"), "12345");

        assertThat(options(Map.of()))
                .contains("-XX:SharedArchiveFile=" + app + "/classes-5.jsa", "-XX:+VerifySharedSpaces");
    }

    /** The JVM ends by SIGBUS, whatever it is told to check, where it reads what is not there. */
    @Test
    void one_that_is_not_whole_is_left_out() throws Exception {
        Files.writeString(app.resolve("classes-5.jsa"), "1234");
        Files.writeString(app.resolve("classes-6.aot"), "");

        assertThat(options(Map.of())).noneMatch(option -> option.contains("classes-"));
    }

    @Test
    void options_can_be_replaced_or_added() throws Exception {
        assertThat(options(Map.of("NIGHTSHIFT_JAVA_OPTIONS", "-Xmx1g -Xint")))
                .startsWith("-Xmx1g", "-Xint")
                .doesNotContain("-Xmx96m");
        assertThat(options(Map.of("NIGHTSHIFT_MORE_JAVA_OPTIONS", "-Xmx1g -Xint")))
                .contains("-Xmx96m")
                .containsSubsequence("-Xmx96m", "-Xmx1g", "-Xint");
    }

    @Test
    void an_archive_is_made_below_any_path_and_from_no_other() throws Exception {
        Files.writeString(app.resolve("classes-5.jsa"), "12345");
        var make = "-XX:ArchiveClassesAtExit=" + app + "/classes.new";

        assertThat(options(Map.of("NIGHTSHIFT_TRAIN", make)))
                .contains(make)
                .noneMatch(option -> option.contains("classes-"));
    }

    private List<String> options(Map<String, String> environment) throws Exception {
        var lines = new ArrayList<String>();
        var command = Command.of(run.toString(), "--help")
                .withEnvironment("PATH", work.resolve("bin") + ":" + System.getenv("PATH"))
                .withEnvironment(environment);
        var exit = new SystemProgramRunner().run(command, lines::add, line -> {});
        assertThat(exit.code()).as(exit.stderrTail()).isZero();
        return lines;
    }
}
