package io.nightshift.nats;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The last message of a subject in a stream. */
@SuppressWarnings("ArrayRecordComponent") // a message body; records of it are not compared
public record LastValue(
        String subject, byte[] body, Map<String, List<String>> headers, Instant timestamp, long sequence) {}
