package io.nightshift.notifier.pushover;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.nightshift.contract.Text;
import io.nightshift.notifier.Channel.Outcome;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What an answer means. Pure.
 *
 * <p>Source: pushover.net/api, "Being friendly to our API" and "Limitations": 200 with {@code status} 1 is success; a 4xx
 * stays one however often it is tried, but for 429, the monthly limit, whose end is in {@code X-Limit-App-Reset} (seconds
 * since 1970); a 5xx is tried again after at least 5 s.
 */
final class PushoverAnswer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final int TOO_MANY = 429;

    private PushoverAnswer() {}

    static Outcome outcome(int status, HttpHeaders headers, String body, Instant now) {
        var answer = json(body);
        if (status == 200 && answer.path("status").asInt() == 1) {
            return new Outcome.Delivered();
        }
        var reason = "HTTP " + status + errors(answer);
        if (status == TOO_MANY) {
            return new Outcome.RetryLater(reason, wait(headers, now));
        }
        return status >= 500 ? new Outcome.RetryLater(reason, retryAfter(headers, now)) : new Outcome.Refused(reason);
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static String errors(JsonNode answer) {
        var errors = StreamSupport.stream(answer.path("errors").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining("; "));
        return errors.isEmpty() ? "" : ": " + Text.shown(errors, 300);
    }

    /** The server's own word first; else the end of the limit, where it is used up. */
    private static Optional<Duration> wait(HttpHeaders headers, Instant now) {
        return retryAfter(headers, now)
                .or(() -> headers.firstValue("X-Limit-App-Reset")
                        .filter(text -> text.matches("\\d{1,11}"))
                        .map(text -> Duration.between(now, Instant.ofEpochSecond(Long.parseLong(text))))
                        .filter(wait -> !wait.isNegative()));
    }

    /** Source: RFC 9110, section 10.2.3: seconds, or a date. */
    private static Optional<Duration> retryAfter(HttpHeaders headers, Instant now) {
        return headers.firstValue("Retry-After")
                .flatMap(text -> SECONDS.matcher(text).matches()
                        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                        : date(text).map(until -> Duration.between(now, until)))
                .filter(wait -> !wait.isNegative());
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
