package io.nightshift.nats;

import io.nats.client.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Messages that are given up, told to the dead letters and then removed, in groups: in a flood, confirmed round trips for each
 * would keep what is behind them waiting for long. The first of a group are told in full, the others by their number. Used by
 * one thread.
 */
final class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    /** Far below the 1000 that the server lets a consumer have open. */
    private static final int MOST = 200;

    private static final int IN_FULL = 5;

    /** Far below any ack-wait. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private record Dead(Message message, NatsMessageMetadata source, String reason) {}

    private final NatsClient client;
    private final IncomingSettings settings;
    private final Acknowledger acknowledger;
    private final List<Dead> group = new ArrayList<>();
    private long begunNanos;

    DeadLetters(NatsClient client, IncomingSettings settings, Acknowledger acknowledger) {
        this.client = client;
        this.settings = settings;
        this.acknowledger = acknowledger;
    }

    void add(Message message, NatsMessageMetadata source, String reason) {
        if (group.isEmpty()) {
            begunNanos = System.nanoTime();
        }
        group.add(new Dead(message, source, reason));
    }

    boolean isEmpty() {
        return group.isEmpty();
    }

    /** No further message should be waited for. */
    boolean isDue() {
        return group.size() >= MOST || !group.isEmpty() && System.nanoTime() - begunNanos > LONGEST.toNanos();
    }

    /** Removed only after the dead letters are stored; until then they are tried again, and nothing is lost. */
    void settle() throws InterruptedException {
        if (group.isEmpty()) {
            return;
        }
        var settled = List.copyOf(group);
        group.clear();
        try {
            publish(settled);
            acknowledger.terminate(settled.stream().map(Dead::message).toList());
        } catch (NatsException e) {
            LOG.errorf(
                    "dead letters not stored, the messages stay and are tried again: channel=%s messages=%d: %s",
                    settings.channel(), settled.size(), e.getMessage());
            for (var dead : settled) {
                acknowledger.retryAfter(
                        dead.message(), settings.backoff().after(dead.source().delivered()));
            }
        }
    }

    private void publish(List<Dead> settled) {
        settled.stream().limit(IN_FULL).forEach(dead -> publish(dead, dead.reason(), ""));
        int others = settled.size() - IN_FULL;
        if (others > 0) {
            var last = settled.get(settled.size() - 1);
            var words = others + " messages without a pause, of which this is the last: " + last.reason();
            publish(last, others == 1 ? last.reason() : words, others == 1 ? "" : "." + settings.consumer());
        }
    }

    /** @param more of the message's id: how many it stands for is another matter for each consumer */
    private void publish(Dead dead, String reason, String more) {
        var source = dead.source();
        if (settings.deadLetterSubject().isEmpty()) {
            LOG.errorf(
                    "message given up, no dead-letter-subject is set: channel=%s subject=%s stream=%s sequence=%d reason=%s",
                    settings.channel(), source.subject(), source.stream(), source.streamSequence(), reason);
            return;
        }
        byte[] body = DeadLetter.body(
                source, dead.message().getData(), reason, Instant.now(), settings.deadLetterMaxBodyBytes());
        client.publisher()
                .publish(
                        settings.deadLetterSubject().get(),
                        body,
                        DeadLetter.messageId(source) + more,
                        DeadLetter.headers(source),
                        client.config().publishTimeout());
        LOG.warnf(
                "dead letter: channel=%s subject=%s sequence=%d deliveries=%d reason=%s",
                settings.channel(), source.subject(), source.streamSequence(), source.delivered(), reason);
    }
}
