package io.nightshift.nats;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where an incoming message came from. For a core message the stream and consumer are empty and the sequence is 0.
 *
 * @param delivered how often the server has handed the message out, this time included
 * @param timestamp when the stream stored it
 * @param replyTo where an answer is awaited: only of a core message, and only if it is a request
 */
public record NatsMessageMetadata(
        String subject,
        Map<String, List<String>> headers,
        String stream,
        long streamSequence,
        String consumer,
        long delivered,
        Instant timestamp,
        Optional<String> replyTo) {

    public NatsMessageMetadata {
        headers = Map.copyOf(headers);
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .flatMap(entry -> entry.getValue().stream())
                .findFirst();
    }
}
