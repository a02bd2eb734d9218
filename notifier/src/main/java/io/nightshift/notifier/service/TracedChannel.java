package io.nightshift.notifier.service;

import io.nightshift.notifier.Channel;
import io.nightshift.notifier.Note;
import io.nightshift.telemetry.trace.Span;
import io.nightshift.telemetry.trace.Traces;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** A channel that shows in a night's trace when its owner was told. */
final class TracedChannel implements Channel {
    private final Channel channel;
    private final Traces traces;
    private final InstantSource clock;

    TracedChannel(Channel channel, Traces traces, InstantSource clock) {
        this.channel = channel;
        this.traces = traces;
        this.clock = clock;
    }

    @Override
    public String name() {
        return channel.name();
    }

    @Override
    public Outcome send(Note note) {
        var start = clock.instant();
        var outcome = channel.send(note);
        note.trace()
                .ifPresent(night -> traces.record(new Span(
                        night.part("notify/" + note.title() + "/" + start),
                        Optional.of(night),
                        "notify",
                        start,
                        clock.instant(),
                        Map.of("nightshift.channel", channel.name(), "nightshift.title", note.title()),
                        problem(outcome))));
        return outcome;
    }

    private static Optional<String> problem(Outcome outcome) {
        if (outcome instanceof Outcome.RetryLater later) {
            return Optional.of(later.reason());
        }
        return outcome instanceof Outcome.Refused refused ? Optional.of(refused.reason()) : Optional.empty();
    }
}
