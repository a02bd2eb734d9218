/**
 * Brings data back: out of a repository into a folder, or in place with the service stopped and started around it. Knows
 * nothing of NATS, and of restic only what {@link io.nightshift.worker.restore.Archive} says.
 */
@NullMarked
package io.nightshift.worker.restore;

import org.jspecify.annotations.NullMarked;
