package io.nightshift.nats;

import java.util.Map;
import java.util.Optional;

/**
 * Where an outgoing message goes. The message id makes a repeat harmless: the stream drops it within its duplicate window.
 *
 * @param subject instead of the channel's
 * @param messageId sent as {@code Nats-Msg-Id}; generated when absent
 */
public record NatsPublishMetadata(String subject, Optional<String> messageId, Map<String, String> headers) {

    public NatsPublishMetadata {
        headers = Map.copyOf(headers);
    }

    public static NatsPublishMetadata of(String subject) {
        return new NatsPublishMetadata(subject, Optional.empty(), Map.of());
    }

    public NatsPublishMetadata withMessageId(String id) {
        return new NatsPublishMetadata(subject, Optional.of(id), headers);
    }

    /** Replaces the headers. */
    public NatsPublishMetadata withHeaders(Map<String, String> values) {
        return new NatsPublishMetadata(subject, messageId, values);
    }
}
