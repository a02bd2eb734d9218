/** How log lines are written, and what they are about. */
@NullMarked
package io.nightshift.telemetry.log;

import org.jspecify.annotations.NullMarked;
