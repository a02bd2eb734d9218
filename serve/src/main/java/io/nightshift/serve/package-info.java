/**
 * All roles in one process, for one machine, with nats-server as its child. The roles themselves are the jars of the four
 * services, unchanged, and still speak to each other over the bus alone.
 */
@NullMarked
package io.nightshift.serve;

import org.jspecify.annotations.NullMarked;
