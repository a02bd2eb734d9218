package io.nightshift.telemetry.trace;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Loads OpenTelemetry where there is a collector, and nothing of it elsewhere. */
@Dependent
class TraceWiring {
    @Produces
    @Singleton
    Traces traces(TraceConfig config, @ConfigProperty(name = "quarkus.application.name") String service) {
        return config.endpoint().map(endpoint -> exported(service, endpoint)).orElse(span -> {});
    }

    private static Traces exported(String service, URI endpoint) {
        var url = endpoint.toString().replaceAll("/+$", "") + "/v1/traces";
        var exporter = OtlpHttpSpanExporter.builder().setEndpoint(url).build();
        return new SdkTraces(service, BatchSpanProcessor.builder(exporter).build());
    }

    void stop(@Disposes Traces traces) {
        if (traces instanceof SdkTraces sdk) {
            sdk.close();
        }
    }
}
