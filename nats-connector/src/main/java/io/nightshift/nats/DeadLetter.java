package io.nightshift.nats;

import io.nats.client.impl.Headers;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** The form in which a message goes to the dead letters. Pure functions. */
final class DeadLetter {
    static final int MAX_BODY_BYTES = 65536;

    /** Before the names of the original headers, so that the original message id or type has no effect any more. */
    static final String HEADER_PREFIX = "Dead-Letter-";

    private DeadLetter() {}

    /** The same for each try, so that the stream of dead letters keeps one. */
    static String messageId(NatsMessageMetadata source) {
        return "dead-letter." + source.stream() + "." + source.streamSequence();
    }

    static Headers headers(NatsMessageMetadata source) {
        Headers headers = new Headers();
        source.headers().forEach((name, values) -> headers.put(HEADER_PREFIX + name, values));
        return headers;
    }

    static byte[] body(NatsMessageMetadata source, byte[] body, String reason, Instant at, int maxBodyBytes) {
        JsonObject json = new JsonObject()
                .put("subject", source.subject())
                .put("reason", reason)
                .put("stream", source.stream())
                .put("sequence", source.streamSequence())
                .put("deliveries", source.delivered())
                .put("consumer", source.consumer())
                .put("at", at.toString());
        boolean truncated = body.length > maxBodyBytes;
        byte[] kept = truncated ? Arrays.copyOf(body, maxBodyBytes) : body;
        Optional<String> text = utf8(kept, truncated);
        text.ifPresentOrElse(
                value -> json.put("body", value),
                () -> json.put("bodyBase64", Base64.getEncoder().encodeToString(kept)));
        if (truncated) {
            json.put("bodyTruncated", true);
        }
        return json.encode().getBytes(StandardCharsets.UTF_8);
    }

    /** Empty if it is not UTF-8. A character that the cut has split is left out. */
    private static Optional<String> utf8(byte[] bytes, boolean truncated) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, !truncated);
        return result.isError() ? Optional.empty() : Optional.of(text.flip().toString());
    }
}
