/** The nats-server of this process: its keys and settings, and its life. */
@NullMarked
package io.nightshift.serve.bus;

import org.jspecify.annotations.NullMarked;
