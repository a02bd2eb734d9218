package io.nightshift.notifier;

import io.nightshift.contract.event.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The whole of the rules with a fake channel, and a time that is set. */
final class Night implements InstantSource {
    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(5), Duration.ofSeconds(30));

    final FakeIncidents incidents = new FakeIncidents();
    final FakeChannel channel = new FakeChannel();
    private Instant now = Samples.AT;
    Sender sender;
    private Notifier notifier;

    Night() {
        restart();
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Everything but the incidents begins anew. */
    void restart() {
        sender = new Sender(incidents, channel, new Wording(), PAUSES, this);
        notifier = new Notifier(Samples.RULES, sender);
    }

    void after(Duration duration) {
        now = now.plus(duration);
    }

    /** An event that the bus stores now, and a second later a round of sending. */
    void happens(JobStatus status) {
        happens(Findings.of(status, now));
    }

    void happens(List<Finding> findings) {
        findings.forEach(notifier::handle);
        after(Duration.ofSeconds(1));
        sender.round();
    }

    /** An event a second later, and no round of sending. */
    void isHeard(JobStatus status) {
        after(Duration.ofSeconds(1));
        Findings.of(status, now).forEach(notifier::handle);
    }

    /** The same events again, as after a lost acknowledgement. */
    void repeats(List<Finding> findings) {
        happens(findings);
    }

    List<String> titles() {
        return channel.delivered.stream().map(Note::title).toList();
    }
}
