/** Messages to a phone, by the API of pushover.net. */
@NullMarked
package io.nightshift.notifier.pushover;

import org.jspecify.annotations.NullMarked;
