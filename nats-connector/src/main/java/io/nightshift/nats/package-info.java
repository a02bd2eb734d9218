/**
 * A SmallRye Reactive Messaging connector for NATS JetStream on jnats: one message at a time per puller, heartbeats while a
 * handler runs, acknowledgement after the effect, delayed retries, dead letters, and draining at stop. See the README.
 */
@NullMarked
package io.nightshift.nats;

import org.jspecify.annotations.NullMarked;
