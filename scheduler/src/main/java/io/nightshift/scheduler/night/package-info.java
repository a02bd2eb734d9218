/** When nights begin: pure functions of a date, a time of day and a zone. */
@NullMarked
package io.nightshift.scheduler.night;

import org.jspecify.annotations.NullMarked;
