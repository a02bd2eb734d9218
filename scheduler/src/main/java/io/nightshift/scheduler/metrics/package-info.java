/** What Prometheus is told of the fleet; each name is in docs/metrics.md. */
@NullMarked
package io.nightshift.scheduler.metrics;

import org.jspecify.annotations.NullMarked;
