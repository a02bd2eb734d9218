/** Leases and what is remembered, in key-value buckets of NATS. */
@NullMarked
package io.nightshift.worker.lease;

import org.jspecify.annotations.NullMarked;
