package io.nightshift.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    /** Source: NATS ADR-8, "Valid keys". */
    private static final String LEGAL = "[-/_=.a-zA-Z0-9]+";

    @ParameterizedTest
    @ValueSource(strings = {"daedalus/prowlarr", "a b", "..", "", "ü", "a.b", "/", "x>*", "=00000000"})
    void whatever_an_alert_is_about_its_key_is_legal(String about) {
        assertThat(Keys.alert("disabled", about))
                .matches(LEGAL)
                .doesNotContain("..")
                .doesNotEndWith(".");
    }

    @Test
    void texts_that_cannot_be_in_a_key_stay_apart() {
        assertThat(Keys.alert("disabled", "a b")).isNotEqualTo(Keys.alert("disabled", "a c"));
    }

    @Test
    void strangers_cannot_make_many_incidents_of_rejected_messages() {
        assertThat(Keys.rejected("backup.request.x.y.z", "no such host 'x'"))
                .isEqualTo(Keys.rejected("backup.request.q", "no such host 'q'"))
                .isEqualTo("rejected.request.refused");
        assertThat(Keys.rejected("backup.job.a.b.c", "not a Job: x")).isEqualTo("rejected.job.unreadable");
        assertThat(Keys.rejected("backup.job.a.b.c", "java.io.IOException: x")).isEqualTo("rejected.job.failed");
        assertThat(Keys.rejected("backup.x1", "y")).isEqualTo(Keys.rejected("other.thing", "z"));
    }
}
