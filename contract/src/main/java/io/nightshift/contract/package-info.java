/**
 * The vocabulary of the bus, and nothing else: names and ids here, messages in {@code event}, the fleet file in
 * {@code fleet}. It knows neither NATS nor any service.
 */
@NullMarked
package io.nightshift.contract;

import org.jspecify.annotations.NullMarked;
