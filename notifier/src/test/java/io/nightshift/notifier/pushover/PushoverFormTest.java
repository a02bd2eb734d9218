package io.nightshift.notifier.pushover;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.notifier.Note;
import io.nightshift.notifier.NotifierConfig;
import io.nightshift.notifier.Severity;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PushoverFormTest {
    private static final Note NOTE =
            new Note("a title", "a body", Severity.FAILURE, Instant.ofEpochSecond(1776356256), Optional.empty());

    @Test
    void it_has_what_the_api_needs() {
        assertThat(PushoverForm.fields(NOTE, TestConfig.of(), "t", "u"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "token", "t",
                        "user", "u",
                        "title", "a title",
                        "message", "a body",
                        "priority", "0",
                        "timestamp", "1776356256"));
    }

    @Test
    void it_has_what_is_configured() {
        var config = TestConfig.of(
                "public-url", "https://backup.example.org/x?y=1",
                "pushover.device", "phone",
                "pushover.sound", "siren",
                "pushover.priority.failure", "2",
                "pushover.emergency-retry", "PT45S",
                "pushover.emergency-expire", "PT2H");

        assertThat(PushoverForm.fields(NOTE, config, "t", "u"))
                .containsEntry("url", "https://backup.example.org/x?y=1")
                .containsEntry("url_title", "Open Nightshift")
                .containsEntry("device", "phone")
                .containsEntry("sound", "siren")
                .containsEntry("priority", "2")
                .containsEntry("retry", "45")
                .containsEntry("expire", "7200");
    }

    @Test
    void each_severity_has_its_priority() {
        var config = TestConfig.of("pushover.priority.warning", "1");

        assertThat(priority(Severity.FAILURE, config)).isEqualTo("0");
        assertThat(priority(Severity.WARNING, config)).isEqualTo("1");
        assertThat(priority(Severity.RECOVERY, config)).isEqualTo("-1");
    }

    private static String priority(Severity severity, NotifierConfig config) {
        return PushoverForm.fields(new Note("t", "b", severity, Instant.EPOCH, Optional.empty()), config, "t", "u")
                .get("priority");
    }

    @Test
    void it_is_cut_by_characters_and_never_within_one() {
        var tooLong = new Note("😀".repeat(251), "😀".repeat(1025), Severity.WARNING, Instant.EPOCH, Optional.empty());

        var fields = PushoverForm.fields(tooLong, TestConfig.of(), "t", "u");

        assertThat(fields.get("title")).isEqualTo("😀".repeat(249) + "…");
        assertThat(fields.get("message")).isEqualTo("😀".repeat(1023) + "…");
        assertThat(PushoverForm.cut("😀".repeat(1024), 1024)).hasSize(2048);
    }

    @Test
    void it_is_encoded_as_a_form() {
        assertThat(PushoverForm.encode(new TreeMap<>(Map.of("a", "ü &=+", "b", "1\n2"))))
                .isEqualTo("a=%C3%BC+%26%3D%2B&b=1%0A2");
    }
}
