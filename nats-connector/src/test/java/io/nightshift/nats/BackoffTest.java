package io.nightshift.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(List.of(Duration.ofSeconds(1), Duration.ofSeconds(9)));

    @Test
    void each_delivery_has_its_delay_and_the_last_repeats() {
        assertThat(backoff.after(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.after(2)).isEqualTo(Duration.ofSeconds(9));
        assertThat(backoff.after(Long.MAX_VALUE)).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void a_count_that_no_server_sends_is_no_reason_to_fail() {
        assertThat(backoff.after(0)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void no_delays_and_negative_delays_are_refused() {
        assertThatThrownBy(() -> new Backoff(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(List.of(Duration.ofSeconds(-1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-1S");
    }
}
