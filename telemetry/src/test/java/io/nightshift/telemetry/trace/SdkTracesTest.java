package io.nightshift.telemetry.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.contract.NightId;
import io.nightshift.contract.TraceContext;
import io.nightshift.contract.Version;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SdkTracesTest {
    private static final Instant START = Instant.parse("2026-04-16T16:00:00.123456789Z");
    private static final Instant END = Instant.parse("2026-04-16T18:10:00Z");
    private static final TraceContext WHOLE = TraceContext.of(new NightId("2026-04-17"), "daedalus");

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

    @Test
    void spans_have_the_ids_times_and_words_that_they_were_given() {
        try (var traces = new SdkTraces("scheduler", SimpleSpanProcessor.create(exporter))) {
            traces.record(new Span(WHOLE, Optional.empty(), "night", START, END, Map.of(), Optional.empty()));
            traces.record(new Span(
                    WHOLE.part("snapshot"),
                    Optional.of(WHOLE),
                    "snapshot",
                    START,
                    START.plusSeconds(2),
                    Map.of("nightshift.host", "daedalus"),
                    Optional.of("out of space")));

            var spans = exporter.getFinishedSpanItems();
            assertThat(spans).hasSize(2);
            var night = spans.get(0);
            assertThat(night.getTraceId()).isEqualTo(WHOLE.traceId());
            assertThat(night.getSpanId()).isEqualTo(WHOLE.spanId());
            assertThat(night.getParentSpanContext().isValid()).isFalse();
            assertThat(Instant.ofEpochSecond(0, night.getStartEpochNanos())).isEqualTo(START);
            assertThat(Instant.ofEpochSecond(0, night.getEndEpochNanos())).isEqualTo(END);
            assertThat(night.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
            assertThat(night.getResource().getAttribute(AttributeKey.stringKey("service.version")))
                    .isEqualTo(Version.OWN);

            var snapshot = spans.get(1);
            assertThat(snapshot.getTraceId()).isEqualTo(WHOLE.traceId());
            assertThat(snapshot.getSpanId()).isEqualTo(WHOLE.part("snapshot").spanId());
            assertThat(snapshot.getParentSpanId()).isEqualTo(WHOLE.spanId());
            assertThat(snapshot.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(snapshot.getStatus().getDescription()).isEqualTo("out of space");
            assertThat(snapshot.getAttributes().get(AttributeKey.stringKey("nightshift.host")))
                    .isEqualTo("daedalus");
        }
    }
}
