/** What Prometheus is told of this service; each name is in docs/metrics.md. */
@NullMarked
package io.nightshift.snapshot.metrics;

import org.jspecify.annotations.NullMarked;
