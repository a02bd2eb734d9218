package io.nightshift.contract;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The CloudEvents 1.0 attributes of a message, in binary mode: headers beside a JSON body.
 *
 * <p>Source: CloudEvents NATS protocol binding 1.0.2, section 3.1 (prefix {@code ce-}). {@code Nats-Msg-Id}, by which
 * JetStream drops a repeat, is the same as the event's id. The extension attribute {@code nightshiftversion} is the version of
 * who says it, for whoever looks into what went wrong during an upgrade; nothing is decided by it.
 *
 * @param id unique for its source; the same for a repeat of the same fact
 * @param source who says so, a URI reference: {@code /nightshift/scheduler}
 * @param type what kind of fact, {@code nightshift.status.succeeded}
 * @param time when it happened
 * @param subject what it is about, such as the id of a job
 * @param trace the place in a trace of what it is about, for whoever goes on with it
 */
public record CloudEvent(
        String id, String source, String type, Instant time, String subject, Optional<TraceContext> trace) {
    public CloudEvent(String id, String source, String type, Instant time, String subject) {
        this(id, source, type, time, subject, Optional.empty());
    }

    public CloudEvent in(TraceContext place) {
        return new CloudEvent(id, source, type, time, subject, Optional.of(place));
    }

    public Map<String, String> headers() {
        var headers = new TreeMap<String, String>();
        headers.put("ce-specversion", "1.0");
        headers.put("ce-id", id);
        headers.put("ce-source", source);
        headers.put("ce-type", type);
        headers.put("ce-time", time.toString());
        headers.put("ce-subject", subject);
        headers.put("ce-nightshiftversion", Version.OWN);
        headers.put("content-type", "application/json");
        trace.ifPresent(place -> headers.put("traceparent", place.header()));
        return headers;
    }
}
