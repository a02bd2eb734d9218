/**
 * Turns failures into messages that a person reads: one for each cause, then reminders, then a recovery.
 *
 * <p>In: {@code backup.status.*.*.*}, {@code backup.upkeep.*.*.*.*}, {@code backup.snapshot.*.ready} and {@code .failed},
 * {@code backup.alert.>}, {@code backup.rejected}. Out: messages of a {@link io.nightshift.notifier.Channel}; nothing on
 * the bus. The rules are here; {@code messaging} speaks NATS, {@code pushover} is a channel, {@code service} joins them.
 */
@NullMarked
package io.nightshift.notifier;

import org.jspecify.annotations.NullMarked;
