/** From planned to ended: when a job goes out, and what its end brings about. */
@NullMarked
package io.nightshift.scheduler.release;

import org.jspecify.annotations.NullMarked;
