/** NATS in and out: translates, delegates, decides nothing. */
@NullMarked
package io.nightshift.scheduler.messaging;

import org.jspecify.annotations.NullMarked;
