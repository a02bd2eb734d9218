/**
 * Knows the fleet file and the clock: when nights begin, what their jobs are and when each is due, and what a request
 * stands for.
 */
@NullMarked
package io.nightshift.scheduler;

import org.jspecify.annotations.NullMarked;
