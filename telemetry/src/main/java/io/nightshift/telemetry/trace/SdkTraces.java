package io.nightshift.telemetry.trace;

import io.nightshift.contract.TraceContext;
import io.nightshift.contract.Version;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.concurrent.TimeUnit;

/** Hands spans to OpenTelemetry's SDK. */
final class SdkTraces implements Traces, AutoCloseable {
    private static final long STOP_SECONDS = 5;

    private final GivenIds ids = new GivenIds();
    private final SdkTracerProvider provider;
    private final Tracer tracer;

    /** @param service whose they are */
    SdkTraces(String service, SpanProcessor processor) {
        var resource = Resource.builder()
                .put("service.name", service)
                .put("service.namespace", "nightshift")
                .put("service.version", Version.OWN)
                .build();
        provider = SdkTracerProvider.builder()
                .setResource(resource)
                .setIdGenerator(ids)
                .addSpanProcessor(processor)
                .build();
        tracer = provider.get("nightshift", Version.OWN);
    }

    @Override
    public void record(Span span) {
        var parent = span.parent().map(SdkTraces::within).orElseGet(Context::root);
        ids.give(span.context());
        var builder = tracer.spanBuilder(span.name()).setParent(parent).setStartTimestamp(span.start());
        span.attributes().forEach((name, value) -> builder.setAttribute(AttributeKey.stringKey(name), value));
        var started = builder.startSpan();
        span.error().ifPresent(why -> started.setStatus(StatusCode.ERROR, why));
        started.end(span.end());
    }

    private static Context within(TraceContext parent) {
        var context = SpanContext.createFromRemoteParent(
                parent.traceId(), parent.spanId(), TraceFlags.getSampled(), TraceState.getDefault());
        return Context.root().with(io.opentelemetry.api.trace.Span.wrap(context));
    }

    /** Sends what is left, if that goes quickly. */
    @Override
    public void close() {
        provider.shutdown().join(STOP_SECONDS, TimeUnit.SECONDS);
    }
}
