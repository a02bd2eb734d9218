package io.nightshift.telemetry.trace;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** Settings of traces that every service has. */
@ConfigMapping(prefix = "nightshift.traces")
interface TraceConfig {
    /** Where they go, by OTLP over HTTP: {@code http://tempo:4318}. Without it there are none. */
    @WithDefault("${otel.exporter.otlp.endpoint:}")
    Optional<URI> endpoint();
}
