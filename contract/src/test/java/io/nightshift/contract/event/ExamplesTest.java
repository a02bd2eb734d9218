package io.nightshift.contract.event;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.contract.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The example files are the schema: each is read and written back, and every kind of message has one. */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("src/test/resources/examples");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Class<?>> TYPES = Map.ofEntries(
            entry("night", StartNight.class),
            entry("snapshot", SnapshotEvent.class),
            entry("request", BackupRequest.class),
            entry("job", Job.class),
            entry("status", JobStatus.class),
            entry("upkeep", JobStatus.class),
            entry("progress", Progress.class),
            entry("alert", Alert.class),
            entry("rejected", Rejected.class),
            entry("query", Query.class),
            entry("answer", QueryAnswer.class),
            entry("safeguard", Safeguard.class),
            entry("safeguarded", SafeguardAnswer.class),
            entry("restore", RestoreRequest.class),
            entry("cancel", RestoreCancel.class),
            entry("restored", RestoreStatus.class),
            entry("restoring", RestoreProgress.class));

    static Stream<Path> examples() throws IOException {
        return Files.list(EXAMPLES).sorted();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void an_example_is_read_and_written_back_unchanged(Path example) throws IOException {
        var body = Files.readAllBytes(example);

        var message = Wire.read(body, typeOf(example));

        assertThat(JSON.readTree(Wire.write(message))).isEqualTo(JSON.readTree(body));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void every_kind_of_message_has_an_example(Class<?> kind) throws IOException {
        try (var examples = examples()) {
            assertThat(examples.map(ExamplesTest::read)).anyMatch(kind::isInstance);
        }
    }

    static Stream<Class<?>> kinds() {
        return Stream.of(
                        SnapshotEvent.class.getPermittedSubclasses(),
                        Job.class.getPermittedSubclasses(),
                        JobStatus.class.getPermittedSubclasses(),
                        RestoreStatus.class.getPermittedSubclasses(),
                        Query.class.getPermittedSubclasses(),
                        QueryAnswer.class.getPermittedSubclasses(),
                        SafeguardAnswer.class.getPermittedSubclasses(),
                        TYPES.values().stream().filter(Class::isRecord).toArray(Class<?>[]::new))
                .flatMap(Stream::of);
    }

    private static Object read(Path example) {
        try {
            return Wire.read(Files.readAllBytes(example), typeOf(example));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> typeOf(Path example) {
        return TYPES.get(example.getFileName().toString().split("\\.")[0]);
    }
}
