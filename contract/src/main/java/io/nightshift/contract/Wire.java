package io.nightshift.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * JSON as it goes over the bus: times as ISO 8601 in UTC, empty optionals and lists left out, unknown fields ignored so
 * that an older reader understands a newer writer; except in a {@link Command}. An empty body reads as an empty object.
 * Thread-safe.
 */
public final class Wire {
    private static final ObjectMapper JSON = lenient().build();
    private static final ObjectMapper STRICT = StrictJson.strict(lenient()).build();

    private Wire() {}

    private static JsonMapper.Builder lenient() {
        return JsonMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_EMPTY))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE);
    }

    public static byte[] write(Object message) {
        try {
            return JSON.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not written as JSON: " + message.getClass(), e);
        }
    }

    /**
     * @throws MalformedMessageException if it is no JSON, or not of that type; the message says which and why in one
     *     line, never the whole content
     */
    public static <T> T read(byte[] body, Class<T> type) {
        return read(Command.class.isAssignableFrom(type) ? STRICT : JSON, body, type);
    }

    /** Empty where {@link #read} would throw: for messages that are looked up, among which may be anybody's. */
    public static <T> Optional<T> readable(byte[] body, Class<T> type) {
        try {
            return Optional.of(read(body, type));
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }

    private static <T> T read(ObjectMapper mapper, byte[] body, Class<T> type) {
        try {
            var value = mapper.readValue(isBlank(body) ? "{}".getBytes(StandardCharsets.UTF_8) : body, type);
            if (value == null) {
                throw new MalformedMessageException("not a " + type.getSimpleName() + ": null", null);
            }
            return value;
        } catch (IOException e) {
            throw new MalformedMessageException("not a " + type.getSimpleName() + ": " + reason(e), e);
        }
    }

    private static boolean isBlank(byte[] body) {
        for (byte b : body) {
            if (b > ' ' || b < 0) {
                return false;
            }
        }
        return true;
    }

    private static String words(JsonProcessingException e) {
        return e instanceof UnrecognizedPropertyException unknown
                ? "there is no field '" + unknown.getPropertyName() + "'; known: "
                        + unknown.getKnownPropertyIds().stream()
                                .map(String::valueOf)
                                .sorted()
                                .collect(Collectors.joining(", "))
                : e.getOriginalMessage();
    }

    private static String reason(IOException e) {
        if (e instanceof JsonProcessingException json) {
            var at = json.getLocation();
            var where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
            return Text.shown(words(json), 300) + where;
        }
        return Text.shown(String.valueOf(e.getMessage()), 300);
    }
}
