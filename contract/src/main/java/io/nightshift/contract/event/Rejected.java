package io.nightshift.contract.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * On {@code backup.rejected}: a message that could not be understood, or whose handling failed for good.
 *
 * @param subject where it came from
 * @param stream and {@code sequence}: where it was kept
 * @param deliveries how often it was tried
 * @param consumer who read it
 * @param body as text; {@code bodyBase64} where it is not UTF-8
 * @param bodyTruncated whether only its beginning is here
 */
public record Rejected(
        String subject,
        String reason,
        String stream,
        long sequence,
        long deliveries,
        String consumer,
        Instant at,
        Optional<String> body,
        Optional<String> bodyBase64,
        boolean bodyTruncated) {
    private static final int MOST_BYTES = 4096;

    public Rejected {
        Copies.required("subject", subject);
        Copies.required("reason", reason);
        Copies.required("at", at);
        stream = stream == null ? "" : stream;
        consumer = consumer == null ? "" : consumer;
        body = Copies.optional(body);
        bodyBase64 = Copies.optional(bodyBase64);
    }

    /** Of a message that no stream has kept; only the beginning of a long one is here. */
    public static Rejected unkept(String subject, String reason, Instant at, byte[] body) {
        var text = new String(body, 0, Math.min(body.length, MOST_BYTES), StandardCharsets.UTF_8);
        return new Rejected(
                subject, reason, "", 0, 1, "", at, Optional.of(text), Optional.empty(), body.length > MOST_BYTES);
    }

    /** The same for the same message, which many may hear and find wrong: within the stream's duplicate window it is told once. */
    public String messageId() {
        var content = subject + "\n" + body.or(() -> bodyBase64).orElse("");
        return "rejected/" + UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8));
    }
}
