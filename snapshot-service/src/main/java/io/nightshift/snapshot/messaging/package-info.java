/** NATS in and out: translates, delegates, decides nothing. */
@NullMarked
package io.nightshift.snapshot.messaging;

import org.jspecify.annotations.NullMarked;
