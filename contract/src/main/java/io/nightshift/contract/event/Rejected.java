package io.nightshift.contract.event;

import java.time.Instant;
import java.util.Optional;

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
    public Rejected {
        Copies.required("subject", subject);
        Copies.required("reason", reason);
        Copies.required("at", at);
        stream = stream == null ? "" : stream;
        consumer = consumer == null ? "" : consumer;
        body = Copies.optional(body);
        bodyBase64 = Copies.optional(bodyBase64);
    }
}
