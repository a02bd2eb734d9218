package io.nightshift.notifier.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nightshift.notifier.Channel;
import io.nightshift.notifier.Note;

/** A channel whose outcomes are counted. */
final class CountedChannel implements Channel {
    private final Channel channel;
    private final Counter sent;
    private final Counter failed;
    private final Counter refused;

    CountedChannel(Channel channel, MeterRegistry registry) {
        this.channel = channel;
        this.sent = counter(registry, "sent");
        this.failed = counter(registry, "failed");
        this.refused = counter(registry, "refused");
    }

    private Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("nightshift.notifications")
                .description("Messages handed to the channel: sent, failed and tried again, or refused for good")
                .tags("channel", channel.name(), "outcome", outcome)
                .register(registry);
    }

    @Override
    public String name() {
        return channel.name();
    }

    @Override
    public Outcome send(Note note) {
        var outcome = channel.send(note);
        if (outcome instanceof Outcome.Delivered) {
            sent.increment();
        } else if (outcome instanceof Outcome.RetryLater) {
            failed.increment();
        } else {
            refused.increment();
        }
        return outcome;
    }
}
