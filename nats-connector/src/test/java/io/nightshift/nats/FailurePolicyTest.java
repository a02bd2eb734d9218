package io.nightshift.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.junit.jupiter.api.Test;

class FailurePolicyTest {
    private static final RuntimeException BROKEN = new IllegalStateException("disk full");
    private final FailurePolicy policy = new FailurePolicy(3, new Backoff(List.of(Duration.ofSeconds(7))));

    @Test
    void any_failure_is_retried_by_the_backoff() {
        assertThat(policy.decide(BROKEN, Metadata.empty(), 2))
                .isEqualTo(NackDecision.retryAfter(Duration.ofSeconds(7)));
        assertThat(policy.decide(BROKEN, null, 1)).isEqualTo(NackDecision.retryAfter(Duration.ofSeconds(7)));
    }

    @Test
    void the_last_delivery_ends_in_the_dead_letters_with_the_reason() {
        assertThat(policy.decide(BROKEN, Metadata.empty(), 3))
                .isEqualTo(NackDecision.deadLetter("java.lang.IllegalStateException: disk full"));
        assertThat(policy.decide(BROKEN, Metadata.empty(), 4)).isInstanceOf(NackDecision.DeadLetter.class);
    }

    @Test
    void zero_means_without_end() {
        var endless = new FailurePolicy(0, new Backoff(Backoff.DEFAULT));
        assertThat(endless.decide(BROKEN, Metadata.empty(), 1000)).isInstanceOf(NackDecision.RetryAfter.class);
    }

    @Test
    void an_exception_may_decide_even_when_it_is_wrapped() {
        var dead = new CompletionException(new IllegalStateException(new DeadLetterException("not JSON")));
        assertThat(policy.decide(dead, Metadata.empty(), 1)).isEqualTo(NackDecision.deadLetter("not JSON"));
        var later = new CompletionException(new RetryLaterException(Duration.ofMinutes(3), "busy", null));
        assertThat(policy.decide(later, Metadata.empty(), 99))
                .isEqualTo(NackDecision.retryAfter(Duration.ofMinutes(3)));
    }

    @Test
    void metadata_decides_before_the_exception() {
        var metadata = Metadata.of("something else", NackDecision.requeue());
        assertThat(policy.decide(new DeadLetterException("no"), metadata, 3))
                .isEqualTo(NackDecision.retryAfter(Duration.ZERO));
    }

    @Test
    void a_circle_of_causes_comes_to_an_end() {
        var first = new IllegalStateException("first");
        var second = new IllegalStateException("second", first);
        first.initCause(second);
        assertThat(policy.decide(first, Metadata.empty(), 1)).isInstanceOf(NackDecision.RetryAfter.class);
    }
}
