package io.nightshift.snapshot.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.process.Command;
import io.nightshift.process.Exit;
import io.nightshift.process.ProgramRunner;
import io.nightshift.process.SystemProgramRunner;
import io.nightshift.snapshot.Programs;
import io.nightshift.snapshot.SnapshotException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** With the real programs {@code cp} and {@code rm}, and changes while they run. */
class SettledCopyTest {
    @TempDir
    Path folder;

    private Path tree;
    private Path view;
    /** By {@code cp}, which then fails. */
    private List<String> said = List.of();

    @BeforeEach
    void prepare() throws IOException {
        tree = Files.createDirectories(folder.resolve("ein Baum"));
        view = Files.createDirectories(folder.resolve("view"));
        write("file", "one");
        write("a/file", "one");
        write("a/b/file", "one");
        write("a/b-c", "one");
        write("gone/file", "one");
        Files.createSymbolicLink(tree.resolve("link"), Path.of("file"));
    }

    @Test
    void what_vanished_moved_or_became_something_else_meanwhile_is_so_in_the_copy() throws Exception {
        assertThat(copy(Duration.ofMinutes(1), once(this::change)).isEmpty()).isTrue();

        assertThat(state(copied())).isEqualTo(state(tree));
        assertThat(copied().resolve("a/b/file")).hasContent("else");
    }

    private void change() throws IOException {
        delete("link");
        write("link/file", "two");
        delete("file");
        write("a/b/file", "two");
        Files.move(tree.resolve("a/b"), tree.resolve("moved"));
        write("a/b/file", "else");
        write("a/new/empty", "");
        delete("gone/file");
        delete("gone");
    }

    @Test
    void a_tree_that_vanished_meanwhile_is_not_in_the_copy() throws Exception {
        assertThat(copy(Duration.ofMinutes(1), once(() -> delete(""))).isEmpty())
                .isTrue();

        assertThat(copied()).doesNotExist();
    }

    @Test
    void what_changes_all_the_time_is_named() throws Exception {
        var changing = copy(Duration.ofMillis(300), () -> write("a/file", "again"));

        assertThat(changing).hasToString(tree.resolve("a/file").toString());
    }

    @Test
    void what_vanishes_while_it_is_copied_is_no_failure() throws Exception {
        said = List.of(
                "cp: cannot stat '/srv/a': No such file or directory",
                "cp: skipping file '/srv/b', as it was replaced while being copied");

        assertThat(copy(Duration.ofMinutes(1), () -> {}).isEmpty()).isTrue();
    }

    @Test
    void a_disk_that_is_full_behind_a_file_that_vanished_is_a_failure() {
        said = List.of(
                "cp: cannot stat '/srv/a': No such file or directory",
                "cp: error writing '/v/No such file or directory': No space left on device",
                "cp: cannot stat '/srv/b': No such file or directory");

        assertThatThrownBy(() -> copy(Duration.ofMinutes(1), () -> {}))
                .isInstanceOfSatisfying(SnapshotException.class, e -> {
                    assertThat(e.reason()).endsWith("No space left on device");
                    assertThat(e.advice()).isEqualTo("free some space there");
                });
    }

    @Test
    void a_copy_that_is_cut_is_a_failure() {
        assertThatThrownBy(() -> copy(Duration.ofMinutes(1), () -> Files.writeString(copied().resolve("a/file"), "o")))
                .isInstanceOf(SnapshotException.class)
                .hasMessageContaining("not to the end: " + tree.resolve("a/file"));
    }

    @Test
    void names_that_are_no_text_are_mended_too() throws Exception {
        sh("mkdir \"$1/$(printf 'd\\377r')\"; for i in 1 2 3; do echo one >\"$1/a/$(printf 'n\\377me')$i\"; done");
        sh("echo one >\"$1/$(printf 'd\\377r')/file\"");

        var changing = copy(
                Duration.ofMinutes(1),
                once(() -> sh(
                        "cd \"$1\"; for one in a/n*1 d*/file; do echo two >\"$one\"; done; rm a/n*2; mv a/n*3 a/b")));

        assertThat(changing.isEmpty()).isTrue();
        sh("diff -r \"$1\" \"$2\"");
    }

    /** With tree and copy as arguments. */
    private void sh(String script) {
        try {
            new Programs(new SystemProgramRunner(), Duration.ofMinutes(1))
                    .run(List.of("sh", "-ec", script, "sh", tree.toString(), copied().toString()));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The service has 96 MB; names and attributes of a file took 700 bytes, two or three times. */
    @Test
    void many_files_need_little_memory_also_if_all_change_meanwhile(@TempDir(factory = InMemory.class) Path memory)
            throws Exception {
        var classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var exit = new SystemProgramRunner()
                .run(
                        Command.of(Path.of(System.getProperty("java.home"), "bin/java")
                                        .toString())
                                .withArguments("-Xmx16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                                .withArguments("-cp", classes, ManyFiles.class.getName(), memory.toString())
                                .withInherited("PATH")
                                .withEnvironment("LC_ALL", "C.UTF-8")
                                .withTimeout(Duration.ofMinutes(2)),
                        line -> {});

        assertThat(exit.stderrTail()).doesNotContain("Exception", "Error");
        assertThat(exit.code()).isZero();
    }

    /** Run in a process of its own. */
    static final class ManyFiles {
        private static final int FILES = 20_000;
        private static final String NAME = "file with a name of some length, such as ";

        public static void main(String[] arguments) throws Exception {
            var test = new SettledCopyTest();
            test.folder = Path.of(arguments[0]);
            test.prepare();
            for (int i = 0; i < FILES; i++) {
                test.write(NAME + i, "");
            }
            test.copy(Duration.ZERO, once(() -> {
                for (int i = 0; i < FILES; i++) {
                    Files.setLastModifiedTime(test.tree.resolve(NAME + i), FileTime.fromMillis(0));
                }
            }));
        }
    }

    /** For so many files a disk takes half a minute. */
    static final class InMemory implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test) throws IOException {
            return Files.createTempDirectory(Path.of("/dev/shm"), "nightshift");
        }
    }

    private interface Change {
        void make() throws IOException;
    }

    /** @param change is made each time that {@code cp} has ended */
    private Some copy(Duration settleTime, Change change) throws InterruptedException {
        var real = new SystemProgramRunner();
        ProgramRunner runner = (command, out, err) -> {
            var exit = real.run(command, out, err);
            if (command.argv().get(0).equals("cp")) {
                make(change);
                said.forEach(err);
                return said.isEmpty() ? exit : new Exit(1, String.join("\n", said), exit.took());
            }
            return exit;
        };
        var copies = new SettledCopy(new Programs(runner, Duration.ofMinutes(1)), InstantSource.system(), settleTime);
        return copies.copy(tree, view);
    }

    private static Change once(Change change) {
        var made = new AtomicBoolean();
        return () -> {
            if (!made.getAndSet(true)) {
                change.make();
            }
        };
    }

    private static void make(Change change) {
        try {
            change.make();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path copied() {
        return SettledCopy.inView(tree, view);
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(tree.resolve(name).getParent());
        Files.writeString(tree.resolve(name), text);
    }

    /** With all that is in it. */
    private void delete(String name) throws IOException {
        try (var paths = Files.walk(tree.resolve(name))) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static Map<String, String> state(Path root) throws IOException {
        var state = new TreeMap<String, String>();
        try (var paths = Files.walk(root)) {
            for (var path : paths.toList()) {
                var attributes = new HashMap<>(Files.readAttributes(
                        path, "unix:mode,uid,gid,lastModifiedTime,size", LinkOption.NOFOLLOW_LINKS));
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    attributes.remove("size");
                }
                state.put(root.relativize(path).toString(), attributes.toString());
            }
        }
        return state;
    }
}
