/**
 * What the bus has said, as a person wants to see it: kept in memory, bounded by the fleet file, and judged. It knows
 * neither NATS nor HTTP.
 */
@NullMarked
package io.nightshift.scheduler.state;

import org.jspecify.annotations.NullMarked;
