/** What every service lets others see of it in the same way. */
@NullMarked
package io.nightshift.telemetry;

import org.jspecify.annotations.NullMarked;
