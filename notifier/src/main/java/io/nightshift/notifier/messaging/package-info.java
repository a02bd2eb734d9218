/** NATS: events in, incidents kept in a key-value bucket. Translates, decides nothing. */
@NullMarked
package io.nightshift.notifier.messaging;

import org.jspecify.annotations.NullMarked;
