package io.nightshift.telemetry.trace;

/** Takes what has happened. Quick, and throws nothing: nobody waits for a collector. */
public interface Traces {
    void record(Span span);
}
