package io.nightshift.contract;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The channels of the AsyncAPI document are the subjects of the code. */
class AsyncApiSubjectsTest {
    private static final AsyncApiDocument DOCUMENT = new AsyncApiDocument();
    private static final Map<String, String> NAMES =
            Map.of("host", "h", "service", "s", "destination", "d", "work", "check", "kind", "disabled");
    private static final Target TARGET = new Target("h", "s", "d");
    private static final JobId BACKUP = JobId.backup(new NightId("2026-04-17"), TARGET);
    private static final JobId CHECK = new JobId(BACKUP.night(), TARGET, Work.CHECK);

    /** One of each subject that a method of {@link Subjects} makes, by the name of the method. */
    private static final Map<String, List<String>> MADE = Map.ofEntries(
            entry("snapshotReady", List.of(Subjects.snapshotReady("h"))),
            entry("snapshotFailed", List.of(Subjects.snapshotFailed("h"))),
            entry("snapshotRelease", List.of(Subjects.snapshotRelease("h"))),
            entry("job", List.of(Subjects.job(TARGET))),
            entry("jobsOf", List.of()),
            entry("status", List.of(Subjects.status(BACKUP), Subjects.status(CHECK))),
            entry("progress", List.of(Subjects.progress(TARGET))),
            entry("alert", List.of(Subjects.alert("disabled"))),
            entry("request", List.of(Subjects.request("h", "s", "d"))),
            entry("query", List.of(Subjects.query(TARGET))),
            entry("safeguard", List.of(Subjects.safeguard(TARGET))),
            entry("restore", List.of(Subjects.restore("h", "s", "d"))),
            entry("restored", List.of(Subjects.restored(TARGET))),
            entry("restoring", List.of(Subjects.restoring(TARGET))),
            entry("cancel", List.of(Subjects.cancel(TARGET))));

    @Test
    void every_subject_that_is_made_is_a_channel_and_the_other_way_round() {
        var subjects = Stream.concat(
                MADE.values().stream().flatMap(List::stream), Stream.of(Subjects.NIGHT_START, Subjects.REJECTED));

        assertThat(addresses().values()).containsExactlyInAnyOrderElementsOf(subjects.toList());
    }

    @Test
    void no_method_that_makes_a_subject_is_left_out_here() {
        var methods = Arrays.stream(Subjects.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && method.getReturnType() == String.class)
                .map(Method::getName);

        assertThat(methods).containsExactlyInAnyOrderElementsOf(MADE.keySet());
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void every_constant_stands_for_a_channel(String pattern) {
        assertThat(addresses().values()).anyMatch(address -> matches(pattern, address));
    }

    static Stream<String> patterns() {
        return Arrays.stream(Subjects.class.getFields())
                .filter(field -> field.getType() == String.class)
                .map(AsyncApiSubjectsTest::value)
                .filter(value -> value.startsWith("backup."));
    }

    @Test
    void the_stream_of_each_channel_is_the_one_that_keeps_it() throws IOException {
        var settings = new Properties();
        try (var in = getClass().getResourceAsStream("/META-INF/microprofile-config.properties")) {
            settings.load(in);
        }

        addresses()
                .forEach((channel, address) -> assertThat(keeping(settings, address))
                        .as(channel)
                        .isEqualTo(DOCUMENT.channels()
                                .get(channel)
                                .path("x-stream")
                                .asText("none")));
    }

    private static String keeping(Properties settings, String address) {
        return Stream.of(
                        Subjects.EVENTS_STREAM,
                        Subjects.REQUESTS_STREAM,
                        Subjects.JOBS_STREAM,
                        Subjects.STATUS_STREAM,
                        Subjects.RESTORES_STREAM)
                .filter(stream -> Arrays.stream(settings.getProperty("nats.streams." + stream + ".subjects")
                                .split(","))
                        .anyMatch(pattern -> matches(pattern, address)))
                .findFirst()
                .orElse("none");
    }

    private static Map<String, String> addresses() {
        var addresses = new TreeMap<String, String>();
        DOCUMENT.channels().forEach((name, channel) -> {
            if (!channel.path("address").isNull()) { // an answer goes where the question says
                addresses.put(name, AsyncApiDocument.address(channel, NAMES));
            }
        });
        return addresses;
    }

    /** As NATS does: {@code *} is one token, {@code >} at the end one or more. */
    private static boolean matches(String pattern, String subject) {
        var regex = pattern.replace(".", "\\.").replace("*", "[^.]+").replace(">", ".+");
        return subject.matches(regex);
    }

    private static String value(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
