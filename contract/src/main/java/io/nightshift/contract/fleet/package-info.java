/**
 * The fleet file: what is backed up, from where, to where. {@link io.nightshift.contract.fleet.FleetFile} reads it,
 * {@link io.nightshift.contract.fleet.Fleet} is what it means, with every default filled in.
 */
@NullMarked
package io.nightshift.contract.fleet;

import org.jspecify.annotations.NullMarked;
