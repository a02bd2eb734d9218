/** A host's night as a trace: what the scheduler knows of when each of its parts began and ended. */
@NullMarked
package io.nightshift.scheduler.trace;

import org.jspecify.annotations.NullMarked;
