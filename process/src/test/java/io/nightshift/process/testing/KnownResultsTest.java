package io.nightshift.process.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownResultsTest {
    private static final List<String> LINES = List.of("TEST-PASSED\tall of it\t");

    @TempDir
    Path work;

    private Path script;
    private Path library;

    @BeforeEach
    void keep() throws IOException {
        script = Files.writeString(
                Files.createDirectories(work.resolve("scripts")).resolve("run"), "true");
        library = jar("a class", 1_700_000_000_000L);
        known("first").keep(LINES);
    }

    @Test
    void what_passed_is_known_while_nothing_changes() throws IOException {
        assertThat(known("first").find()).contains(LINES);
        assertThat(known("second").find()).as("other arguments").isEmpty();
    }

    @Test
    void a_script_that_changed_or_came_is_new() throws IOException {
        Files.writeString(script, "false");
        assertThat(known("first").find()).isEmpty();

        Files.writeString(script, "true");
        Files.writeString(script.resolveSibling("another"), "");
        assertThat(known("first").find()).isEmpty();
    }

    @Test
    void a_jar_is_what_is_in_it_not_when_it_was_made() throws IOException {
        library = jar("a class", 1_800_000_000_000L);
        assertThat(known("first").find()).contains(LINES);

        library = jar("another", 1_700_000_000_000L);
        assertThat(known("first").find()).isEmpty();
    }

    private KnownResults known(String argument) {
        return new KnownResults(
                work.resolve("cache"),
                List.of(script.getParent(), library, work.resolve("missing")),
                List.of(argument));
    }

    private Path jar(String content, long millis) throws IOException {
        var file = work.resolve("library.jar");
        try (var jar = new ZipOutputStream(Files.newOutputStream(file))) {
            jar.putNextEntry(new ZipEntry("A.class").setLastModifiedTime(FileTime.fromMillis(millis)));
            jar.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }
}
