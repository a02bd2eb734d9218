package io.nightshift.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nightshift.contract.AsyncApiDocument.Example;
import io.nightshift.contract.event.Alert;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.RestoreStatus;
import io.nightshift.contract.event.SnapshotEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the AsyncAPI document takes for right, the code takes too, and the other way round; tried with the example files. */
class AsyncApiExamplesTest {
    private static final AsyncApiDocument DOCUMENT = new AsyncApiDocument();
    private static final Path FILES = Path.of("src/test/resources/examples");

    static Stream<Example> examples() {
        return DOCUMENT.examples();
    }

    @Test
    void every_example_file_is_in_the_document_and_the_other_way_round() throws IOException {
        try (var files = Files.list(FILES)) {
            assertThat(examples().map(example -> example.name() + ".json"))
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString()).toList());
        }
    }

    @Test
    void every_message_has_an_example() {
        assertThat(examples().map(Example::message))
                .containsAll(DOCUMENT.messages().keySet());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void an_example_is_that_of_the_file(Example example) throws IOException {
        var file = Files.readAllBytes(FILES.resolve(example.name() + ".json"));

        assertThat(example.payload()).isEqualTo(DOCUMENT.parse(file));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void an_example_is_right_by_its_schema_and_by_the_code(Example example) {
        assertThat(DOCUMENT.schema(example.message(), "payload").validate(example.payload()))
                .isEmpty();
        assertThatCode(() -> read(example, example.payload())).doesNotThrowAnyException();
    }

    /** Leaves out each field of the example, one after the other: the document says required exactly where the code does. */
    @ParameterizedTest
    @MethodSource("examples")
    void what_is_required_is_so_by_the_schema_and_by_the_code(Example example) {
        var schema = DOCUMENT.schema(example.message(), "payload");
        for (var field : fields(example.payload(), "")) {
            var less = example.payload().deepCopy();
            int end = field.lastIndexOf('/');
            ((ObjectNode) less.at(field.substring(0, end))).remove(field.substring(end + 1));

            assertThat(schema.validate(less).isEmpty())
                    .as("%s may be left out of %s, by the document", field, example)
                    .isEqualTo(isRead(example, less));
        }
    }

    /** JSON pointers to every field of every object. */
    private static List<String> fields(JsonNode node, String at) {
        var fields = new ArrayList<String>();
        if (node.isObject()) {
            node.properties().forEach(field -> {
                fields.add(at + "/" + field.getKey());
                fields.addAll(fields(field.getValue(), at + "/" + field.getKey()));
            });
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            fields.addAll(fields(node.get(i), at + "/" + i));
        }
        return fields;
    }

    /** Another name in the place of a type, state or kind is no message at all. */
    @ParameterizedTest
    @MethodSource("examples")
    void an_unknown_kind_is_wrong_by_the_schema_and_by_the_code(Example example) {
        for (var name : List.of("type", "state")) {
            if (example.payload().has(name)) {
                var other = (ObjectNode) example.payload().deepCopy();
                other.put(name, "unknown");

                assertThat(DOCUMENT.schema(example.message(), "payload").validate(other))
                        .isNotEmpty();
                assertThat(isRead(example, other)).isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void the_headers_are_those_of_the_code(Example example) {
        var event = cloudEvent(read(example, example.payload()));
        assertThat(DOCUMENT.messages().get(example.message()).has("headers")).isEqualTo(event.isPresent());
        event.ifPresent(
                e -> assertThat(DOCUMENT.schema(example.message(), "headers").validate(DOCUMENT.tree(e.headers())))
                        .isEmpty());
    }

    @Test
    void the_schema_of_the_headers_names_each_of_them() {
        var headers = new CloudEvent("i", "s", "t", Instant.EPOCH, "u")
                .in(new TraceContext("t", "s"))
                .headers();

        var schema = DOCUMENT.schemas().get("CloudEvent");
        assertThat(schema.path("properties").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(headers.keySet());
        headers.remove("ce-nightshiftversion"); // new in 0.1.0: what is older does not say
        headers.remove("traceparent"); // not everything is part of a night
        assertThat(AsyncApiDocument.texts(schema.path("required")))
                .containsExactlyInAnyOrderElementsOf(headers.keySet());
    }

    @Test
    void the_version_is_that_of_the_build() {
        assertThat(Version.OWN).matches("\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?");
    }

    private static Optional<CloudEvent> cloudEvent(Object message) {
        if (message instanceof SnapshotEvent event) {
            return Optional.of(event.cloudEvent("/nightshift/test"));
        } else if (message instanceof Job job) {
            return Optional.of(job.cloudEvent("/nightshift/test"));
        } else if (message instanceof JobStatus status) {
            return Optional.of(status.cloudEvent("/nightshift/test"));
        }
        if (message instanceof RestoreStatus status) {
            return Optional.of(status.cloudEvent("/nightshift/test"));
        }
        return message instanceof Alert alert ? Optional.of(alert.cloudEvent("/nightshift/test")) : Optional.empty();
    }

    private static Object read(Example example, JsonNode payload) {
        var type = AsyncApiDocument.javaType(DOCUMENT.payload(example.message()));
        return Wire.read(payload.toString().getBytes(StandardCharsets.UTF_8), type);
    }

    private static boolean isRead(Example example, JsonNode payload) {
        try {
            read(example, payload);
            return true;
        } catch (MalformedMessageException e) {
            return false;
        }
    }
}
