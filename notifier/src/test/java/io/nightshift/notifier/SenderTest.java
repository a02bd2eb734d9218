package io.nightshift.notifier;

import static io.nightshift.notifier.Samples.failed;
import static io.nightshift.notifier.Samples.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nightshift.contract.event.Cause;
import io.nightshift.notifier.Channel.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of messages that the channel does not take, and of a restart. */
class SenderTest {
    private static final String JOB = "2026-04-17/daedalus/prowlarr/local";

    private final Night night = new Night();

    @Test
    void a_message_that_was_not_taken_is_tried_again_after_growing_pauses() {
        night.channel.answers.add(later(Optional.empty()));
        night.channel.answers.add(later(Optional.empty()));
        night.happens(failed(JOB, Cause.WRONG_PASSWORD));
        round(Duration.ofSeconds(4));
        assertThat(night.channel.asked).hasSize(1);
        round(Duration.ofSeconds(1));
        assertThat(night.channel.asked).hasSize(2);
        round(Duration.ofSeconds(29));
        assertThat(night.channel.asked).hasSize(2);
        round(Duration.ofSeconds(1));

        assertThat(night.channel.asked).hasSize(3);
        assertThat(night.titles()).hasSize(1);
        assertThat(night.sender.state().failingSince()).isEmpty();
    }

    @Test
    void a_channel_that_wants_to_be_left_alone_for_longer_is_so_by_all_messages() {
        night.channel.answers.add(later(Optional.of(Duration.ofHours(1))));
        night.happens(failed(JOB, Cause.WRONG_PASSWORD));
        night.happens(failed("2026-04-17/daedalus/lidarr/local", Cause.WRONG_PASSWORD));
        round(Duration.ofMinutes(59));
        assertThat(night.channel.asked).hasSize(1);
        assertThat(night.sender.state().waiting()).isEqualTo(2);
        round(Duration.ofMinutes(1));

        assertThat(night.titles()).containsExactly("prowlarr → local failed", "lidarr → local failed");
    }

    @Test
    void another_cause_that_comes_while_a_message_is_on_its_way_is_told_too() {
        night.channel.meanwhile.add(
                () -> night.isHeard(failed("2026-04-17T120000.000/daedalus/prowlarr/local", Cause.PATH_MISSING)));
        night.happens(failed(JOB, Cause.WRONG_PASSWORD));
        round(Duration.ofSeconds(1));
        round(Duration.ofHours(1));

        assertThat(night.titles()).containsExactly("prowlarr → local failed", "prowlarr → local failed");
    }

    @Test
    void what_comes_while_it_is_noted_that_a_message_was_sent_is_not_forgotten() throws Exception {
        var event = new Thread(() -> night.isHeard(succeeded("2026-04-18/daedalus/prowlarr/local")));
        night.channel.meanwhile.add(() -> night.incidents.afterwards.add(() -> {
            event.start();
            await().until(() ->
                    event.getState() == Thread.State.BLOCKED || event.getState() == Thread.State.TERMINATED);
        }));
        night.happens(failed(JOB, Cause.WRONG_PASSWORD));
        event.join();

        assertThat(night.sender.state().waiting()).isEqualTo(1);
    }

    @Test
    void a_refused_message_is_not_tried_again_but_stays_visible() {
        night.channel.answers.add(new Outcome.Refused("HTTP 400: user identifier is invalid"));
        night.happens(failed(JOB, Cause.WRONG_PASSWORD));
        round(Duration.ofHours(1));

        assertThat(night.channel.asked).hasSize(1);
        assertThat(night.sender.state().refused())
                .containsExactlyEntriesOf(
                        Map.of("job.daedalus.prowlarr.local.backup", "HTTP 400: user identifier is invalid"));
    }

    @Test
    void a_refused_message_is_tried_again_after_a_restart() {
        night.channel.answers.add(new Outcome.Refused("HTTP 400"));
        night.happens(failed(JOB, Cause.WRONG_PASSWORD));
        night.restart();
        night.sender.round();

        assertThat(night.titles()).containsExactly("prowlarr → local failed");
        assertThat(night.sender.state().refused()).isEmpty();
    }

    @Test
    void a_restart_repeats_nothing() {
        night.happens(failed(JOB, Cause.WRONG_PASSWORD));
        night.restart();
        night.sender.round();
        night.happens(failed("2026-04-17T120000.000/daedalus/prowlarr/local", Cause.WRONG_PASSWORD));

        assertThat(night.titles()).hasSize(1);
    }

    @Test
    void a_restart_forgets_nothing() {
        night.channel.answers.add(later(Optional.empty()));
        night.happens(failed(JOB, Cause.WRONG_PASSWORD));
        night.restart();
        night.sender.round();

        assertThat(night.titles()).containsExactly("prowlarr → local failed");
    }

    @Test
    void a_failure_that_is_over_before_anybody_could_be_told_makes_only_the_recovery() {
        night.channel.answers.add(later(Optional.of(Duration.ofHours(30))));
        night.happens(failed(JOB, Cause.WRONG_PASSWORD));
        night.after(Duration.ofDays(1));
        night.happens(succeeded("2026-04-18/daedalus/prowlarr/local"));
        round(Duration.ofHours(30));

        assertThat(night.titles()).containsExactly("prowlarr → local works again");
        assertThat(night.channel.delivered.get(0).body())
                .contains("Before: Host daedalus, night 2026-04-17", "what went wrong");
    }

    @Test
    void a_stop_sends_what_is_being_gathered_but_no_reminder_that_waits_for_its_hour() {
        night.happens(failed(JOB, Cause.DESTINATION_FULL));
        night.sender.round();
        assertThat(night.titles()).isEmpty();
        night.sender.lastRound(Samples.RULES.gather());
        assertThat(night.titles()).containsExactly("prowlarr → local failed");

        night.happens(Findings.unreadableRejection("not a Rejected", night.instant()));
        night.happens(Findings.unreadableRejection("not a Rejected", night.instant()));
        night.sender.lastRound(Samples.RULES.gather());
        assertThat(night.titles()).hasSize(2);
    }

    /** Else an alert on what waits would fire for an hour with every few rejected messages. */
    @Test
    void a_reminder_that_waits_for_its_hour_is_not_among_what_is_to_be_sent() {
        night.happens(Findings.unreadableRejection("not a Rejected", night.instant()));
        night.sender.round();
        round(Duration.ofMinutes(1));
        night.happens(Findings.unreadableRejection("not a Rejected", night.instant()));

        assertThat(night.sender.state().waiting()).isZero();
        night.after(Duration.ofHours(1));
        assertThat(night.sender.state().waiting()).isOne();
        night.sender.round();
        assertThat(night.sender.state().waiting()).isZero();
    }

    private static Outcome later(Optional<Duration> atLeast) {
        return new Outcome.RetryLater("HTTP 500", atLeast);
    }

    private void round(Duration later) {
        night.after(later);
        night.sender.round();
    }
}
