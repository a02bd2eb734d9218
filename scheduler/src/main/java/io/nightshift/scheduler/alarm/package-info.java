/** Alerts: raised once for each cause, said again while it lasts, and ended. */
@NullMarked
package io.nightshift.scheduler.alarm;

import org.jspecify.annotations.NullMarked;
