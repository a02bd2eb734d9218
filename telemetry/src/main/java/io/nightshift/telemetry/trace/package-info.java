/** Traces: what took how long in a host's night, for a collector that speaks OpenTelemetry's protocol. */
@NullMarked
package io.nightshift.telemetry.trace;

import org.jspecify.annotations.NullMarked;
