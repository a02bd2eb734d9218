package io.nightshift.scheduler.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnWritesTest {
    private final OwnWrites own = new OwnWrites();

    @Test
    void an_echo_of_what_was_replaced_since_comes_too_late() {
        own.wrote("bucket", "a", 5);
        own.wrote("bucket", "a", 7);

        assertThat(own.areNewerThan("bucket", "a", 5)).isTrue();
        assertThat(own.areNewerThan("bucket", "a", 6))
                .as("somebody else's, in between")
                .isTrue();
        assertThat(own.areNewerThan("bucket", "b", 5)).as("another key").isFalse();
        assertThat(own.areNewerThan("other", "a", 5)).as("another bucket").isFalse();
    }

    @Test
    void its_own_last_write_and_what_others_write_after_it_count() {
        own.wrote("bucket", "a", 5);

        assertThat(own.areNewerThan("bucket", "a", 5)).isFalse();
        assertThat(own.areNewerThan("bucket", "a", 4))
                .as("read anew after a lost connection")
                .isFalse();

        own.wrote("bucket", "a", 8);
        assertThat(own.areNewerThan("bucket", "a", 9)).isFalse();
    }
}
