package io.nightshift.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.nightshift.contract.event.Alert;
import io.nightshift.contract.event.BackupRequest;
import io.nightshift.contract.event.Cause;
import io.nightshift.contract.event.Job;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.Progress;
import io.nightshift.contract.event.Query;
import io.nightshift.contract.event.QueryAnswer;
import io.nightshift.contract.event.Rejected;
import io.nightshift.contract.event.RestoreCancel;
import io.nightshift.contract.event.RestoreProgress;
import io.nightshift.contract.event.RestoreRequest;
import io.nightshift.contract.event.RestoreStatus;
import io.nightshift.contract.event.Safeguard;
import io.nightshift.contract.event.SafeguardAnswer;
import io.nightshift.contract.event.SnapshotEvent;
import io.nightshift.contract.event.StartNight;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas of the AsyncAPI document are the records of the code: each type, each field, each value. */
class AsyncApiSchemasTest {
    private static final AsyncApiDocument DOCUMENT = new AsyncApiDocument();
    private static final List<Class<?>> MESSAGES = List.of(
            StartNight.class,
            SnapshotEvent.class,
            BackupRequest.class,
            Job.class,
            JobStatus.class,
            Progress.class,
            Alert.class,
            Rejected.class,
            Query.class,
            QueryAnswer.class,
            Safeguard.class,
            SafeguardAnswer.class,
            RestoreRequest.class,
            RestoreCancel.class,
            RestoreProgress.class,
            RestoreStatus.class);
    private static final Set<Class<?>> TEXTS =
            Set.of(String.class, Instant.class, Duration.class, NightId.class, JobId.class, Target.class);
    private static final Map<Class<?>, String> PRIMITIVES = Map.of(
            int.class, "integer",
            Integer.class, "integer",
            long.class, "integer",
            Long.class, "integer",
            double.class, "number",
            boolean.class, "boolean",
            Boolean.class, "boolean");

    @Test
    void every_type_of_the_code_has_a_schema_and_the_other_way_round() {
        var described = DOCUMENT.schemas().values().stream()
                .filter(schema -> schema.has("x-java"))
                .<Class<?>>map(AsyncApiDocument::javaType)
                .filter(type -> type != CloudEvent.class && (type.isRecord() || type.isEnum()));

        assertThat(described).containsExactlyInAnyOrderElementsOf(typesOfTheCode());
    }

    /** Every record that a message is, or is made of; and the causes, the only values that have a schema of their own. */
    private static Set<Class<?>> typesOfTheCode() {
        var found = new LinkedHashSet<Class<?>>();
        MESSAGES.forEach(type -> collect(type, found));
        return found;
    }

    private static void collect(Type type, Set<Class<?>> found) {
        if (type instanceof ParameterizedType generic) {
            collect(generic.getActualTypeArguments()[0], found);
        } else if (type instanceof Class<?> plain && plain.isSealed()) {
            Stream.of(plain.getPermittedSubclasses()).forEach(sub -> collect(sub, found));
        } else if (type == Cause.class) {
            found.add(Cause.class);
        } else if (type instanceof Class<?> plain && plain.isRecord() && !TEXTS.contains(plain) && found.add(plain)) {
            Stream.of(plain.getRecordComponents()).forEach(field -> collect(field.getGenericType(), found));
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void a_schema_has_the_fields_of_its_record_with_their_types(Class<?> type) {
        var properties = schemaOf(type).path("properties");
        var expected = new TreeSet<String>();
        discriminator(type).ifPresent(expected::add);
        for (var field : type.getRecordComponents()) {
            expected.add(field.getName());
            assertType(field.getName(), field.getGenericType(), properties.path(field.getName()));
        }

        assertThat(properties.properties()).extracting(Map.Entry::getKey).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(AsyncApiDocument.texts(schemaOf(type).path("required"))).isSubsetOf(expected);
    }

    static Stream<Class<?>> records() {
        return typesOfTheCode().stream().filter(Class::isRecord);
    }

    @ParameterizedTest
    @MethodSource("sealedTypes")
    void each_kind_of_a_sealed_type_says_which_it_is(Class<?> sealed) {
        var names = sealed.getAnnotation(JsonSubTypes.class).value();
        assertThat(names)
                .extracting(JsonSubTypes.Type::value)
                .containsExactlyInAnyOrder(sealed.getPermittedSubclasses());
        for (var name : names) {
            var property = discriminator(name.value()).orElseThrow();
            assertThat(schemaOf(name.value())
                            .path("properties")
                            .path(property)
                            .path("const")
                            .asText())
                    .isEqualTo(name.name());
        }
    }

    static Stream<Class<?>> sealedTypes() {
        return records()
                .map(AsyncApiSchemasTest::parent)
                .flatMap(Optional::stream)
                .distinct();
    }

    @Test
    void causes_have_the_words_of_the_code() {
        assertThat(AsyncApiDocument.texts(schemaOf(Cause.class).path("enum"))).isEqualTo(words(Cause.class));
        assertThat(words(Cause.class))
                .isEqualTo(Stream.of(Cause.values()).map(Cause::word).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "NightId, 2026-04-17",
        "NightId, 2026-04-17T093012.500",
        "NightId, 2026-04-17T093012",
        "NightId, x",
        "NightId, ''",
        "Name, a",
        "Name, 0-a",
        "Name, all",
        "Name, -a",
        "Name, A",
        "Name, a.b",
        "Name, ''",
        "JobId, 2026-04-17/h/s/d",
        "JobId, 2026-04-17T093012.500/h/s/d/check",
        "JobId, 2026-04-17/h/s/d/forget",
        "JobId, 2026-04-17/h/s/d/restore-test",
        "JobId, 2026-04-17/h/s",
        "JobId, 2026-04-17/h/s/d/backups",
        "JobId, 2026-04-17/h/s/D",
        "JobId, x/h/s/d"
    })
    void a_text_is_right_by_the_document_where_it_is_by_the_code(String schema, String text) {
        assertThat(DOCUMENT.schema(DOCUMENT.schemas().get(schema))
                        .validate(DOCUMENT.tree(text))
                        .isEmpty())
                .isEqualTo(isLegal(schema, text));
    }

    private static boolean isLegal(String schema, String text) {
        try {
            return switch (schema) {
                case "NightId" -> new NightId(text).value().equals(text);
                case "JobId" -> JobId.parse(text).toString().equals(text);
                case "Name" -> Names.isLegal(text);
                default -> throw new IllegalStateException(schema);
            };
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void assertType(String name, Type type, JsonNode node) {
        var schema = DOCUMENT.resolve(node);
        if (type instanceof ParameterizedType generic) {
            var content = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == List.class) {
                assertThat(schema.path("type").asText()).as(name).isEqualTo("array");
                assertType(name, content, schema.path("items"));
            } else {
                assertThat(generic.getRawType()).as(name).isEqualTo(Optional.class);
                assertType(name, content, node);
            }
        } else if (type == Instant.class) {
            assertThat(schema.path("format").asText()).as(name).isEqualTo("date-time");
        } else if (TEXTS.contains(type) || PRIMITIVES.containsKey(type)) {
            assertThat(schema.path("type").asText()).as(name).isEqualTo(PRIMITIVES.getOrDefault(type, "string"));
        } else if (((Class<?>) type).isEnum()) {
            assertThat(AsyncApiDocument.texts(schema.path("enum"))).as(name).isEqualTo(words((Class<?>) type));
        } else {
            assertThat(AsyncApiDocument.javaType(schema)).as(name).isEqualTo(type);
        }
    }

    private static List<String> words(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> DOCUMENT.parse(Wire.write(constant)).asText())
                .toList();
    }

    private static JsonNode schemaOf(Class<?> type) {
        return DOCUMENT.schemas().values().stream()
                .filter(schema -> schema.path("x-java").asText().equals(type.getName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no schema has x-java: " + type.getName()));
    }

    private static Optional<String> discriminator(Class<?> type) {
        return parent(type)
                .map(parent -> parent.getAnnotation(JsonTypeInfo.class).property());
    }

    private static Optional<Class<?>> parent(Class<?> type) {
        return Stream.of(type.getInterfaces())
                .filter(parent -> parent.isAnnotationPresent(JsonTypeInfo.class))
                .<Class<?>>map(parent -> parent)
                .findFirst();
    }
}
