package io.nightshift.telemetry.trace;

import io.nightshift.contract.TraceContext;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What has begun and ended.
 *
 * @param parent of which it is a part; empty: the whole
 * @param name of the kind, not of the one: {@code backup}
 * @param attributes which one, by name
 * @param error why it did not go well
 */
public record Span(
        TraceContext context,
        Optional<TraceContext> parent,
        String name,
        Instant start,
        Instant end,
        Map<String, String> attributes,
        Optional<String> error) {
    public Span {
        attributes = Map.copyOf(attributes);
    }
}
