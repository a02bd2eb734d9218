package io.nightshift.contract;

import java.util.HexFormat;

/**
 * A place in a trace. The trace is a host's night, and its ids follow from names that every message has: whoever reads one knows
 * them, after a restart too, and what is told twice is the same span. Source: W3C Trace Context 1, section 3.2.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 */
public record TraceContext(String traceId, String spanId) {
    private static final int TRACE_DIGITS = 32;
    private static final int SPAN_DIGITS = 16;

    /** All that a night is on one host. */
    public static TraceContext of(NightId night, String host) {
        var name = "night/" + night + "/" + host;
        return new TraceContext(digits(name, TRACE_DIGITS), digits("span/" + name, SPAN_DIGITS));
    }

    public static TraceContext of(JobId job) {
        return of(job.night(), job.target().host()).part(job.toString());
    }

    /** Another span of the same trace. */
    public TraceContext part(String name) {
        return new TraceContext(traceId, digits("span/" + spanId + "/" + name, SPAN_DIGITS));
    }

    /** As the header {@code traceparent}: sampled, for we trace all or nothing. */
    public String header() {
        return "00-" + traceId + "-" + spanId + "-01";
    }

    private static String digits(String name, int number) {
        return HexFormat.of().formatHex(Sha256.of(name)).substring(0, number);
    }
}
