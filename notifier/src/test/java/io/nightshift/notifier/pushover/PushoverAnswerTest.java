package io.nightshift.notifier.pushover;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.notifier.Channel.Outcome;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushoverAnswerTest {
    private static final Instant NOW = Instant.parse("2026-04-17T00:00:00Z");

    @Test
    void status_1_is_success() {
        assertThat(outcome(200, Map.of(), "{\"status\":1,\"request\":\"x\"}")).isEqualTo(new Outcome.Delivered());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"status\":0}", "", "<html>a login page</html>", "null"})
    void any_other_answer_with_200_is_no_success(String body) {
        assertThat(outcome(200, Map.of(), body)).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void a_400_is_final_and_its_errors_are_told() {
        assertThat(outcome(400, Map.of(), "{\"status\":0,\"errors\":[\"user identifier is invalid\",\"b\"]}"))
                .isEqualTo(new Outcome.Refused("HTTP 400: user identifier is invalid; b"));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 404, 413})
    void so_is_whatever_else_will_not_change_by_itself(int status) {
        assertThat(outcome(status, Map.of(), "")).isEqualTo(new Outcome.Refused("HTTP " + status));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void a_5xx_may_pass(int status) {
        assertThat(outcome(status, Map.of(), "oops"))
                .isEqualTo(new Outcome.RetryLater("HTTP " + status, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "Retry-After, 120, PT2M",
        "retry-after, 'Fri, 17 Apr 2026 00:10:00 GMT', PT10M",
        "X-Limit-App-Reset, 1776387600, PT1H"
    })
    void a_429_says_when_to_come_back(String header, String value, Duration wait) {
        assertThat(outcome(429, Map.of(header, List.of(value)), ""))
                .isEqualTo(new Outcome.RetryLater("HTTP 429", Optional.of(wait)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "99999999999999999999", "Thu, 01 Jan 1970 00:00:00 GMT"})
    void nonsense_in_a_header_is_ignored(String value) {
        assertThat(outcome(429, Map.of("Retry-After", List.of(value), "X-Limit-App-Reset", List.of(value)), ""))
                .isEqualTo(new Outcome.RetryLater("HTTP 429", Optional.empty()));
    }

    private static Outcome outcome(int status, Map<String, List<String>> headers, String body) {
        return PushoverAnswer.outcome(status, HttpHeaders.of(headers, (name, value) -> true), body, NOW);
    }
}
