package io.nightshift.telemetry.trace;

import io.nightshift.contract.TraceContext;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The ids of the span that this thread is about to start. */
final class GivenIds implements IdGenerator {
    private final ThreadLocal<@Nullable TraceContext> next = new ThreadLocal<>();

    void give(TraceContext context) {
        next.set(context);
    }

    private TraceContext given() {
        return Objects.requireNonNull(next.get(), "no ids were given");
    }

    @Override
    public String generateTraceId() {
        return given().traceId();
    }

    @Override
    public String generateSpanId() {
        return given().spanId();
    }
}
