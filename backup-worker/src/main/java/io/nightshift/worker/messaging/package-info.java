/** NATS in and out: translates, delegates, decides nothing. */
@NullMarked
package io.nightshift.worker.messaging;

import org.jspecify.annotations.NullMarked;
